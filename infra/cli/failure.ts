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
