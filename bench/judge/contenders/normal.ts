/** What a standard normal variable exceeds with a chance of 1 %. */
export const ONE_PERCENT = 2.3263478740408408;
