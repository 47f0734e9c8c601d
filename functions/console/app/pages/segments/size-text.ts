import type { SegmentEstimate } from '#functions/contacts/read-segments/answers';
import { number, percent } from '../../words/format.ts';
import { words } from '../../words/words.ts';

const said = words.documents.segments.estimate;

/** As text, so that two that are alike are the same; undefined while there is none to be read. */
export const conditionIn = (value: unknown): string | undefined => {
  const condition = typeof value === 'object' && value !== null && 'if' in value ? value.if : undefined;
  return typeof condition === 'object' && condition !== null ? JSON.stringify(condition) : undefined;
};

/** Two digits are as much as a sample knows. */
const rounded = (n: number): string => number(n < 100 ? n : Number(n.toPrecision(2)));

/** How many, and how that is known: never a bare figure where only some were asked. */
export const sizeText = ({
  members,
  contacts,
  looked,
  method,
}: SegmentEstimate): { value: string; more: string } => {
  const { expected, low, high } = members;
  if (method === 'all')
    return {
      value: said.exactly(number(expected)),
      more: said.all(number(contacts), percent(expected, contacts)),
    };
  const value = expected === 0 ? said.fewerThan(rounded(high)) : said.about(rounded(expected));
  const between = said.between(rounded(low), rounded(high));
  return { value, more: `${between} ${said[method](number(looked), rounded(contacts))}` };
};
