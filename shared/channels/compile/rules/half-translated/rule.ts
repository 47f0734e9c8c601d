import type { TemplateContent } from '#model/journey';
import type { TemplateRule } from '../../rule.ts';
import type { ContentView } from '../../view.ts';

export const halfTranslated: TemplateRule = {
  id: 'half-translated',
  severity: 'warning',
  ofWhole: true,
  explained: {
    id: 'half-translated',
    severity: 'warning',
    title: 'A translation is whole',
    explain:
      'What a language of a template leaves out is taken from the template itself. A body of its own brings its own plain text, which is made from its HTML where it is not written.',
    why: 'A German mail under an English subject looks like a mistake, or like fraud.',
    example: {
      place: 'words',
      wrong: '"languages": { "de": { "mjml": "…" } }',
      right: '"languages": { "de": { "subject": "Willkommen", "preheader": "…", "mjml": "…" } }',
    },
  },
  check: ({ contents, channel }) => {
    const [first, ...others] = contents;
    if (!first || channel !== 'email') return [];
    return others.flatMap((other) =>
      lacking(first, other).map((name) => ({
        path: other.path,
        message: `"${other.language}" has no ${name} of its own, so that of the template itself is taken`,
        hint: name === 'body' ? 'write its "mjml", "html" or "text" there too' : `write "${name}" there too`,
      })),
    );
  },
};

const lacking = ({ content }: ContentView, { own }: ContentView): string[] => {
  const lines = (['subject', 'preheader'] as const satisfies (keyof TemplateContent)[]).filter(
    (name) => content[name] !== undefined && !own.has(name),
  );
  return ['mjml', 'html', 'text'].some((name) => own.has(name)) ? lines : [...lines, 'body'];
};
