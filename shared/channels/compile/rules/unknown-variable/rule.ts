import { isSlip, nearest } from '#kernel/nearest';
import { unknownNames } from '../../check-liquid.ts';
import type { TemplateRule } from '../../rule.ts';
import { type BodyView, spotOfVariable, type TemplateView } from '../../view.ts';

/** Explained with the rule of journeys, which knows what a journey itself sets. */
export const unknownVariable: TemplateRule = {
  id: 'unknown-variable',
  severity: 'error',
  check: (view) =>
    view.contents.flatMap(({ bodies }) =>
      bodies.flatMap((body) => [...names(body, view), ...fields(body, view)]),
    ),
};

const names = (body: BodyView, { client }: TemplateView) =>
  (body.variables ? unknownNames(body.variables, client) : []).map(({ variable, message, hint }) => ({
    spot: spotOfVariable(body, variable),
    message,
    hint,
  }));

/** A default would hide a slip for ever: everybody would be "friend". */
const fields = (body: BodyView, view: TemplateView) =>
  (view.contactFields ? (body.variables?.all ?? []) : []).flatMap((variable) => {
    const field = /^contact\.([^.[]+)/.exec(variable)?.[1];
    if (field === undefined || view.contactFields?.has(field)) return [];
    const slip = [...(view.contactFields ?? [])].some((each) => isSlip(field, each));
    if (!slip && !isMissed(variable, body, view)) return [];
    const near = nearest(field, view.contactFields ?? []);
    const meant = near && `did you mean \`contact.${near}\`?`;
    return [
      {
        severity: 'warning' as const,
        spot: spotOfVariable(body, variable),
        message: slip
          ? `{{ ${variable} }} is a field that no contact has`
          : `{{ ${variable} }} is a field that no form asks for: only contacts to whom an event or an import brought it get the message`,
        hint: meant || `give it a default: {{ ${variable} | default: 'there' }}`,
      },
    ];
  });

const isMissed = (
  variable: string,
  { variables }: BodyView,
  { requires = [], mayHaveOthers = false }: TemplateView,
): boolean =>
  !mayHaveOthers && !requires.includes(variable) && variables?.required.includes(variable) === true;
