import type { TemplateRule } from '../../rule.ts';
import type { BodyView, TemplateView } from '../../view.ts';

export const noPostalAddress: TemplateRule = {
  id: 'no-postal-address',
  severity: 'warning',
  ofWhole: true,
  explained: {
    id: 'no-postal-address',
    severity: 'warning',
    title: 'A mail says where its sender lives',
    explain:
      'The HTML and the text of a mail hold `{{ brand.postalAddress }}`, best in the layout. Marketing mail without it gets a plain footer that says it.',
    why: 'The law asks for it in marketing mail, and the footer that Wayleaf adds looks like nothing of yours.',
    example: {
      place: 'words',
      wrong: 'a mail that ends with the signature',
      right: '{{ brand.signature }} · {{ brand.postalAddress }}',
    },
  },
  check: ({ channel, client, contents }) =>
    channel === 'email'
      ? contents.flatMap(({ bodies, path }) =>
          bodies.filter(isBody).flatMap((body) =>
            has(body, client)
              ? []
              : [
                  {
                    path: `${path}/${body.name}`,
                    message: `the ${body.name} has no postal address; marketing mail gets a plain footer with it`,
                    hint: 'write {{ brand.postalAddress }} where it belongs',
                  },
                ],
          ),
        )
      : [],
};

const isBody = ({ name, variables }: BodyView): boolean =>
  variables !== undefined && (name === 'mjml' || name === 'html' || name === 'text');

const has = ({ variables, rendered }: BodyView, client: TemplateView['client']): boolean =>
  variables?.all.includes('brand.postalAddress') === true ||
  (client !== undefined && rendered.includes(client.postalAddress));
