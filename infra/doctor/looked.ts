/** What a look at somebody else's system gave: "it is not there" and "I could not look" are two things. */
export type Looked<T> = { found: T } | { missing: true } | { failed: string };

/** Ends a look that takes too long; what is asked goes on, unheard. */
export const within = async <T>(milliseconds: number, asked: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = milliseconds / 1000;
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), milliseconds);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    asked.catch(() => {});
  }
};
