/**
 * An answer of the embedded AWS that refuses. Both seams turn it into the SDK's own exception class
 * of the same name; `name` is the service's short name, without the namespace of `__type`.
 */
export class AwsError extends Error {
  override readonly name: string;
  readonly statusCode: number;
  /** What the service's exception carries besides its message, e.g. `CancellationReasons`, `Item`. */
  readonly fields: Readonly<Record<string, unknown>>;
  constructor(
    name: string,
    message: string,
    fields: Readonly<Record<string, unknown>> = {},
    statusCode = 400,
  ) {
    super(message);
    this.name = name;
    this.fields = fields;
    this.statusCode = statusCode;
  }
}
