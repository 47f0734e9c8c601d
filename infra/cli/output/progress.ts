/** A bar on a terminal; nothing elsewhere. */
export const createProgress = (title: string) => {
  const shown = process.stderr.isTTY === true;
  return {
    step(done: number, of: number, what: string): void {
      if (!shown) return;
      const filled = Math.round((30 * done) / Math.max(1, of));
      process.stderr.write(
        `\r${title} ${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${done}/${of} ${what}\x1b[K`,
      );
    },
    end(): void {
      if (shown) process.stderr.write('\r\x1b[K');
    },
  };
};
