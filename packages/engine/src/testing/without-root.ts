/** Runs the work without root's power to write everywhere, so that permissions hold; as it is for anybody else. */
export async function withoutRoot<T>(work: () => Promise<T>): Promise<T> {
  const { geteuid, seteuid } = process;
  if (geteuid === undefined || seteuid === undefined || geteuid() !== 0) return await work();
  seteuid(NOBODY);
  try {
    return await work();
  } finally {
    seteuid(0);
  }
}

const NOBODY = 65_534;
