const mailAddress = /[^\s"'<>:;,(){}]+@[^\s"'<>:;,(){}]+/g;
const phoneNumber = /\+\d[\d ()/-]{6,}\d/g;

export const mask = (text: string): string =>
  text.includes('@') || text.includes('+')
    ? text.replace(mailAddress, '[address]').replace(phoneNumber, '[number]')
    : text;

/** These quote what they were given to read. */
const quoting = new Set(['SyntaxError', 'ZodError', '$ZodError']);

export const maskedText = ({ name, message }: Error): string =>
  quoting.has(name) ? '(it quotes what it was given)' : mask(message);

/**
 * What Lambda itself writes of an error that leaves a function, into the log, the trace, the failure's destination
 * and the history of an execution. The name is the contract with `Retry` and `Catch`, and our own texts are data
 * of it; texts from anywhere else lose what tells of a person.
 */
export const maskedError = (error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(`a ${typeof error} was thrown`);
  const message = maskedText(error);
  const at = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  const masked = new Error(message);
  masked.name = error.name;
  masked.stack = [`${error.name}: ${message}`, ...at].join('\n');
  return masked;
};
