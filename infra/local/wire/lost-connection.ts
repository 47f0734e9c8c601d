/** Thrown by an interceptor: the line went dead. The caller cannot know whether it was heard. */
export class LostConnection extends Error {
  override readonly name = 'TimeoutError';
  readonly code = 'ECONNRESET';
  constructor() {
    super('socket hang up');
  }
}
