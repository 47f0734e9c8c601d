/** What the SDK calls AttributeValue, as one record: exactly one member is set. */
export interface Value {
  S?: string;
  N?: string;
  B?: Uint8Array;
  SS?: string[];
  NS?: string[];
  BS?: Uint8Array[];
  M?: Item;
  L?: Value[];
  NULL?: boolean;
  BOOL?: boolean;
}

export type Item = Record<string, Value>;
export type ValueType = keyof Value;
export type ScalarType = 'S' | 'N' | 'B';

export const typeOf = (value: Value): ValueType => {
  for (const type in value) if (value[type as ValueType] !== undefined) return type as ValueType;
  throw new TypeError('an attribute value without a type');
};

/** Attribute names are the callers' own: `constructor` and `__proto__` are names like any other. */
export const attribute = (item: Item, name: string): Value | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;

export const setAttribute = <T>(item: Record<string, T>, name: string, value: NoInfer<T>): void => {
  if (name === '__proto__')
    Object.defineProperty(item, name, { value, enumerable: true, configurable: true, writable: true });
  else item[name] = value;
};
