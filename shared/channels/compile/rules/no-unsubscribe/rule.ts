import type { TemplateRule } from '../../rule.ts';

/** Explained with the rule of journeys, which knows whether a mail is marketing and then stops it. */
export const noUnsubscribe: TemplateRule = {
  id: 'no-unsubscribe',
  severity: 'warning',
  ofWhole: true,
  check: ({ channel, contents }) =>
    channel === 'email'
      ? contents.flatMap(({ bodies, path }) =>
          bodies
            .filter(({ name }) => name === 'mjml' || name === 'html' || name === 'text')
            .filter(({ variables }) => variables?.all.includes('links.unsubscribe') === false)
            .map(({ name }) => ({
              path: `${path}/${name}`,
              message: `the ${name} has no unsubscribe link; journeys that send marketing mail do not take the template`,
              hint: 'write {{ links.unsubscribe }} where it belongs',
            })),
        )
      : [],
};
