import type { Kind } from '#conditions/kinds';
import { find, ids } from '../../references.ts';
import type { JourneyView } from '../../view.ts';

export interface FieldKind {
  /** Of a hidden field nothing is known: pages write into it what they like. */
  kind: Kind | undefined;
  /** As the form says it. */
  type: string;
  /** `form "demo-request"` */
  where: string;
  /** Of a choice. */
  options?: readonly string[];
}

const kinds: Readonly<Record<string, Kind>> = {
  text: 'text',
  email: 'address',
  phone: 'address',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  choice: 'text',
};

interface Field {
  type?: unknown;
  options?: readonly string[];
}

/** `undefined` where the form, or what it asks for, is not known. */
export const formFields = (
  { references }: JourneyView,
  id: string,
): ReadonlyMap<string, FieldKind> | undefined => {
  const { fields } = (find<unknown>(references.forms ?? {}, id) ?? {}) as { fields?: Record<string, Field> };
  if (!fields) return undefined;
  return new Map(
    Object.entries(fields).map(([name, { type, options }]): [string, FieldKind] => [
      name,
      { kind: kinds[String(type)], type: String(type), where: `form "${id}"`, ...(options && { options }) },
    ]),
  );
};

/** What the client's own catalogue says holds whatever forms and steps do: nothing else is kept. */
const catalogueKinds = ({ references: { fields = {} } }: JourneyView): [string, FieldKind][] =>
  ids(fields).map((name) => {
    const { type, options } = find(fields, name)!;
    return [name, { kind: kinds[type], type, where: '"fields" of client.json', ...(options && { options }) }];
  });

/** The fields of the catalogue, and those of which all forms say the same and that no step of the journey sets. */
export const contactFieldKinds = (view: JourneyView): ReadonlyMap<string, FieldKind> => {
  const found = new Map<string, FieldKind | undefined>();
  for (const id of ids(view.references.forms ?? {}))
    for (const [name, kind] of formFields(view, id) ?? []) found.set(name, agreed(found, name, kind));
  for (const { step } of view.steps)
    if (step && 'set' in step) for (const name of Object.keys(step.set ?? {})) found.set(name, undefined);
  for (const [name, kind] of catalogueKinds(view)) found.set(name, kind);
  return new Map([...found].filter((entry): entry is [string, FieldKind] => entry[1]?.kind !== undefined));
};

/** Two forms with different options of one choice offer both. */
const agreed = (
  found: ReadonlyMap<string, FieldKind | undefined>,
  name: string,
  kind: FieldKind,
): FieldKind | undefined => {
  if (!found.has(name)) return kind;
  const before = found.get(name);
  if (!before || before.kind !== kind.kind) return undefined;
  const { options: _, ...plain } = before;
  return before.options && kind.options ? { ...plain, options: [...before.options, ...kind.options] } : plain;
};
