import { countSegments } from '#kernel/sms-segments';
import { type Finding, type Rule, stepRule } from '../../../../checks/rule.ts';
import type { SmsStep } from '../../schema.ts';

const usualParts = 3;

export const smsManyParts: Rule = stepRule<SmsStep>('sms', {
  id: 'sms-many-parts',
  severity: 'warning',
  title: 'A text is paid as few parts',
  explain: `A text is paid by the part: 160 characters alone or 153 in a row; 70 or 67 as soon as one letter is outside of GSM-7, such as an emoji, a dash or a curly quote. Texts of more than ${usualParts} parts are named, and those that one letter makes dearer; what Liquid fills in comes on top.`,
  why: 'Each part costs as much as a text of its own, for each contact.',
  example: {
    wrong: `{ "id": "hint", "type": "sms", "text": "${'Your table is ready, we look forward to seeing you – see you soon at our place in the old town.'}" }`,
    right: `{ "id": "hint", "type": "sms", "text": "${'Your table is ready, we look forward to seeing you - see you soon at our place in the old town.'}" }`,
  },
  check: ({ text }) =>
    text === undefined ? [] : findingsIn(text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '').trim()),
});

const findingsIn = (text: string): Finding[] => {
  const isCostly = (letter: string): boolean => countSegments(letter).encoding === 'UCS-2';
  const letters = [...new Set(text)].filter(isCostly);
  const { count } = countSegments(text);
  const plain = countSegments([...text].map((letter) => (isCostly(letter) ? 'x' : letter)).join('')).count;
  if (count > plain) return [dearer(letters, count, plain)];
  return count > usualParts ? [long(count)] : [];
};

const dearer = (letters: readonly string[], count: number, plain: number): Finding => ({
  path: ['text'],
  message: `${letters
    .slice(0, 5)
    .map((letter) => `"${letter}"`)
    .join(', ')} ${letters.length === 1 ? 'makes' : 'make'} this text ${count} parts instead of ${plain}`,
  hint: 'write it with letters of GSM-7, or shorten the text to 70 characters',
});

const long = (count: number): Finding => ({
  path: ['text'],
  message: `this text is paid as ${count} parts, for each contact`,
  hint: `shorten it to ${usualParts} parts or fewer, or say it by mail`,
});
