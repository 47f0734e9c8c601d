import { elementsOf, isImage } from '../../elements.ts';
import type { TemplateRule } from '../../rule.ts';

export const imageWithoutAlt: TemplateRule = {
  id: 'image-without-alt',
  severity: 'warning',
  explained: {
    id: 'image-without-alt',
    severity: 'warning',
    title: 'An image says in words what it shows',
    explain: 'An image has an `alt`: what it shows, or an empty one where it only decorates.',
    why: 'Many inboxes do not load images at first, and some readers never see them: without words there is a hole, or the name of a file.',
    as: 'mjml',
    example: {
      place: 'words',
      wrong: '<mj-image src="https://www.acme.example/team.png" />',
      right: '<mj-image src="https://www.acme.example/team.png" alt="The four of us" />',
    },
  },
  check: ({ contents }) =>
    contents.flatMap(({ bodies }) =>
      bodies
        .filter(({ name }) => name === 'mjml' || name === 'html')
        .flatMap((body) => elementsOf(body).filter(isImage))
        .filter(({ attributes }) => !attributes.has('alt'))
        .map(({ name, spot, attributes }) => ({
          spot,
          message: `<${name}> ${attributes.get('src')?.value ?? ''} has no \`alt\``.replace(/\s+/g, ' '),
          hint: 'say what it shows: alt="…"; write alt="" where it only decorates',
        })),
    ),
};
