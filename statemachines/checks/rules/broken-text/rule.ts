import type { Path } from '../../../steps/parts.ts';
import { isUnclosed, tagsOf } from '../../liquid.ts';
import type { Finding, Rule } from '../../rule.ts';

export const brokenText: Rule = {
  id: 'broken-text',
  severity: 'error',
  title: 'Each {{ in a text is closed',
  explain:
    'A text for people is Liquid: each {{ has its }}, each {% if %} its {% endif %}, and filters exist.',
  why: 'A text that cannot be rendered would stop its message for every contact.',
  example: {
    wrong: '{ "id": "text", "type": "sms", "text": "Hello {{ contact.firstName }" }',
    right: '{ "id": "text", "type": "sms", "text": "Hello {{ contact.firstName }}" }',
  },
  check: ({ texts, references: { checkText } }) =>
    texts.flatMap(({ value, path }) => {
      if (isUnclosed(value)) return [unclosed(path)];
      // What has a tag that may not be used here is told as `expression-text`.
      if (!checkText || tagsOf(value).some(({ known }) => !known)) return [];
      return checkText(value)
        .filter(({ code }) => code === 'invalid-liquid')
        .map(({ message }) => broken(path, message));
    }),
};

const unclosed = (path: Path): Finding => ({
  path,
  message: 'this text opens {{ or {% without closing it, or closes what was not opened',
  hint: 'write variables as {{ contact.firstName }}',
});

const broken = (path: Path, message: string): Finding => ({
  path,
  message: `this text cannot be filled in: ${message}`,
  hint: 'the reference lists what Liquid can do here, under “Texts”',
});
