import type { HttpRequest } from './request.ts';

const ourId = /^[0-9a-z]{20}(?:-[0-9a-z-]{1,60})?$/;
const documentName = /^[a-z][a-z0-9-]{0,63}$/;

/** A contact is named by our own id and never by what somebody typed, which may be an address. */
const isNamed = (kind: string, id: string): boolean =>
  ourId.test(id) || (kind !== 'contacts' && documentName.test(id));

/** What a request is about, without personal data: `journeys/hello`, or the kind alone. */
export const subjectOf = ({ route, parameters }: Pick<HttpRequest, 'route' | 'parameters'>): string => {
  const [, kind = '', name = ''] = /^\S+ \/v1\/([^/]+)(?:\/\{(\w+)\})?/.exec(route) ?? [];
  const id = parameters[name];
  return id !== undefined && isNamed(kind, id) ? `${kind}/${id}` : kind;
};
