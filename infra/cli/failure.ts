import { nearest } from '#kernel/nearest';

/** The command did not happen, or was used wrongly. The message is all that the user sees. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: 1 | 2;
  /** @param exitCode 1 it did not happen, 2 wrong usage */
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * @param what `client`
 * @param known the names that there are; the nearest is suggested
 * @param more what follows: where the others are listed
 */
export const noSuch = (what: string, name: string, known: readonly string[], more: string): Failure => {
  const meant = nearest(name, known);
  return new Failure(`There is no ${what} "${name}"${meant ? `; did you mean "${meant}"?` : '.'}${more}`, 2);
};
