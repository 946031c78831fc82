// Loaded into a server before its own code: its wall clock is as far off as the file CLOCK_OFFSET says, in milliseconds.
import { readFileSync } from 'node:fs';

const realNow = Date.now.bind(Date);
Date.now = () => realNow() + Number(readFileSync(process.env.CLOCK_OFFSET, { encoding: 'utf8', flag: 'a+' }));
