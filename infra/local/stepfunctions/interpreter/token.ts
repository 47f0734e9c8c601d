import { createHmac } from 'node:crypto';

/** Which attempt of which execution a token stands for. */
export interface TokenTarget {
  execution: number;
  task: number;
}

/**
 * Tokens are derived, not stored: the attempt and a seal over it. They are padded to about the length that
 * AWS's have, so that what is stored with a token inside costs what it would cost there.
 */
const length = 712;
const prefix = 'AQCEAAAAKgAAAAMAAAAA';

const seal = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('base64url');

export const createToken = (secret: string, { execution, task }: TokenTarget): string => {
  const body = `${execution.toString(36)}.${task.toString(36)}`;
  const sealed = seal(secret, body);
  const text = `${prefix}.${body}.${sealed}.`;
  return text + sealed.repeat(16).slice(0, length - text.length);
};

/** Undefined for text that is no token of this service. */
export const readToken = (secret: string, token: string): TokenTarget | undefined => {
  const [, execution = '', task = ''] = token.split('.', 3);
  const target = { execution: Number.parseInt(execution, 36), task: Number.parseInt(task, 36) };
  return createToken(secret, target) === token ? target : undefined;
};
