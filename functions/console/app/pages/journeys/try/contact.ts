import { typedValue } from './offered.ts';

/** What a walk takes of the answer of `GET /v1/contacts`. */
export interface Known {
  email?: string;
  phone?: string;
  fields?: Readonly<Record<string, unknown>>;
  consent?: Readonly<Record<string, { given: boolean }>>;
  tags?: readonly string[];
  score?: number;
  stage?: string;
  timezone?: string;
}

/** As a simulation is told of somebody: fields beside each other, consent as a list. */
export const knownContact = (known: Known): Record<string, unknown> => {
  const { email, phone, fields, consent = {}, tags, score, stage, timezone } = known;
  const given = Object.keys(consent).filter((channel) => consent[channel]?.given);
  const all = { ...fields, email, phone, consent: given, tags, score, stage, timezone };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

export interface Described {
  email: string;
  consent: readonly string[];
  /** As typed. */
  fields: Readonly<Record<string, string>>;
}

/** Paths such as `address.city` become objects. */
export const describedContact = ({ email, consent, fields }: Described): Record<string, unknown> => {
  const contact: Record<string, unknown> = {
    ...(email.trim() && { email: email.trim() }),
    consent: [...consent],
  };
  for (const [path, typed] of Object.entries(fields)) {
    const value = typedValue(typed);
    if (value !== undefined) put(contact, path.split('.'), value);
  }
  return contact;
};

const put = (target: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void => {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = (target[name] ?? {}) as Record<string, unknown>;
  target[name] = inner;
  put(inner, rest, value);
};
