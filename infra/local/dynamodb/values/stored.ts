import { type Item, setAttribute, typeOf, type Value } from './value.ts';

/**
 * Items are kept as JSON. JSON has no bytes, so items with binary attributes are kept in base64 and
 * marked by a leading space, which every reader of JSON skips; all others take the fast road.
 */
export const toText = (item: Item): string =>
  hasBinary({ M: item }) ? ` ${JSON.stringify(toBase64({ M: item }).M)}` : JSON.stringify(item);

export const fromText = (text: string): Item => {
  const item = JSON.parse(text) as Item;
  return text.startsWith(' ') ? fromBase64({ M: item } as never).M! : item;
};

const hasBinary = (value: Value): boolean => {
  if (value.B || value.BS) return true;
  if (value.L) return value.L.some(hasBinary);
  if (value.M) for (const name in value.M) if (hasBinary(value.M[name]!)) return true;
  return false;
};

type Encoded = Omit<Value, 'B' | 'BS' | 'M' | 'L'> & {
  B?: string;
  BS?: string[];
  M?: Record<string, Encoded>;
  L?: Encoded[];
};

const encode = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

const toBase64 = (value: Value): Encoded => {
  switch (typeOf(value)) {
    case 'B':
      return { B: encode(value.B!) };
    case 'BS':
      return { BS: value.BS!.map(encode) };
    case 'L':
      return { L: value.L!.map(toBase64) };
    case 'M':
      return { M: mapped(value.M!, toBase64) };
    default:
      return value as Encoded;
  }
};

const fromBase64 = (value: Encoded): Value => {
  if (value.B !== undefined) return { B: decode(value.B) };
  if (value.BS) return { BS: value.BS.map(decode) };
  if (value.L) return { L: value.L.map(fromBase64) };
  if (value.M) return { M: mapped(value.M, fromBase64) };
  return value as Value;
};

const mapped = <A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> => {
  const result: Record<string, B> = {};
  for (const name in record) setAttribute(result, name, change(record[name]!));
  return result;
};
