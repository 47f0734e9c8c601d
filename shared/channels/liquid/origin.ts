import { AssignTag, type Filter, Output, type Template, TypeGuards, type Value } from 'liquidjs';

/** `contact.firstName`, up to what is computed or stands in brackets. */
export const pathOf = (token: unknown): string | undefined =>
  TypeGuards.isPropertyAccessToken(token)
    ? /^[\p{L}\d_][\p{L}\d_.-]*/u.exec(token.getText())?.[0]
    : undefined;

export const rootOf = (path: string): string => path.split('.')[0] ?? '';

/** What a filter is given, without what has a name (`allow_false: true`). */
export const argumentOf = (filter: Filter): unknown => filter.args.find((each) => !Array.isArray(each));

export const isDefault = (filter: Filter): boolean =>
  filter.name === 'default' && argumentOf(filter) !== undefined;

/** Filters whose argument stands in the text as well. */
export const joins = (filter: Filter): boolean => filter.name === 'append' || filter.name === 'prepend';

/** An answer (`contact.plan == 'gold'`) comes from the author, whatever it looked at. */
export const isComparison = (value: Value): boolean => value.initial.postfix.length > 1;

export interface Assignment {
  name: string;
  value: Value;
}
type OpenAssign = { key: string; value: Value };

export const assignmentIn = (template: Template): Assignment | undefined => {
  if (!(template instanceof AssignTag)) return undefined;
  const { key: name, value } = template as unknown as OpenAssign;
  return { name, value };
};

/** Puts something else in the place of what an output prints or an assignment keeps. */
export const exchangeValue = (template: Template, exchange: (value: Value) => Value): void => {
  if (!(template instanceof Output || template instanceof AssignTag)) return;
  const open = template as unknown as OpenAssign;
  open.value = exchange(open.value);
};
