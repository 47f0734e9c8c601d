import { comparisonIn } from '#conditions/comparison';
import { impossibleOperators, possibleOperators } from '#conditions/kinds';
import type { Condition } from '#conditions/schema';
import { innerPlaced } from '../../inner-conditions.ts';
import type { Finding, Rule } from '../../rule.ts';
import type { JourneyView, Placed } from '../../view.ts';
import { didYouMean } from '../../words.ts';
import { isOwnField } from '../never-true/rule.ts';
import { contactFieldKinds, type FieldKind, formFields } from './field-kinds.ts';
import { allowedOf, triggersAt } from './triggers-at.ts';

export const wrongKind: Rule = {
  id: 'wrong-kind',
  severity: 'error',
  title: 'A field is compared with what it can hold',
  explain:
    'Fields of forms have types. What they can hold is known for the fields of the contact that forms fill, and for `trigger` where the journey begins, or is answered, by a form. Of a choice, a value that is no option is a warning.',
  why: 'A comparison with a value of another type is never true: "120" in quotes is no number.',
  example: {
    place: 'condition',
    wrong: '{ "contact": "companySize", "is": "120" }',
    right: '{ "contact": "companySize", "is": 120 }',
  },
  check: (view) => {
    const kinds = contactFieldKinds(view);
    return innerPlaced(view).flatMap((placed) => [
      ...('contact' in placed.value && !isOwnField(placed.value.contact)
        ? ofField(placed, kinds.get(placed.value.contact))
        : []),
      ...('trigger' in placed.value && !placed.path.includes('where') ? ofTrigger(view, placed) : []),
    ]);
  },
};

const ofField = ({ path, value }: Placed<Condition>, kind: FieldKind | undefined): Finding[] => {
  const compared = comparisonIn(value);
  if (!kind?.kind || !compared) return [];
  const { path: name, operators } = compared;
  const { kind: known } = kind;
  const wrong = impossibleOperators(known, operators).map((operator) => ({
    path: [...path, operator],
    message: `"${name}" is a ${kind.type} in ${kind.where}, so "${operator}": ${JSON.stringify(operators[operator])} can never be true`,
    hint: `compare it by ${possibleOperators(known).join(', ')}, with a value of its type`,
  }));
  return wrong.length > 0 ? wrong : noOption({ path, value }, kind);
};

/** Other sources may bring other values, so that this is no more than a hint at a slip. */
const noOption = ({ path, value }: Placed<Condition>, { options }: FieldKind): Finding[] => {
  if (!options) return [];
  const { is, in: among } = comparisonIn(value)?.operators ?? {};
  const wanted = typeof is === 'string' ? [is] : (among ?? []);
  if (wanted.length === 0 || wanted.some((one) => options.includes(String(one)))) return [];
  return [
    {
      path: [...path, typeof is === 'string' ? 'is' : 'in'],
      severity: 'warning',
      message: `${JSON.stringify(wanted[0])} is none of the options of this choice`,
      hint: didYouMean(String(wanted[0]), options, `the options are ${options.join(', ')}`),
    },
  ];
};

const ofTrigger = (view: JourneyView, placed: Placed<Condition>): Finding[] => {
  const { trigger } = placed.value as { trigger: string };
  const triggers = triggersAt(view, placed);
  if (trigger === 'type' || trigger === 'event')
    return ofAllowed(placed, allowedOf(trigger, triggers), trigger);
  const forms = triggers.map((on) => ('form' in on ? formFields(view, on.form) : undefined));
  if (forms.length === 0 || forms.some((fields) => !fields)) return [];
  const name = trigger.replace(/^properties\./, '').split('.')[0]!;
  const found = forms.flatMap((fields) => fields?.get(name) ?? []);
  if (found.length === 0) return [unknownField(placed, name, forms)];
  const [first] = found;
  return found.every(({ kind }) => kind === first!.kind) ? ofField(placed, first) : [];
};

const unknownField = (
  { path }: Placed<Condition>,
  name: string,
  forms: readonly (ReadonlyMap<string, FieldKind> | undefined)[],
): Finding => {
  const fields = [...new Set(forms.flatMap((known) => [...(known?.keys() ?? [])]))];
  return {
    path: [...path, 'trigger'],
    message: `no form that begins this has a field "${name}", so this can never be true`,
    hint: didYouMean(name, fields, `its fields are ${fields.join(', ')}`),
  };
};

const ofAllowed = (
  { path, value }: Placed<Condition>,
  allowed: readonly string[] | undefined,
  what: 'type' | 'event',
): Finding[] => {
  if (!allowed) return [];
  const { is, in: among } = comparisonIn(value)?.operators ?? {};
  const wanted = is !== undefined ? [is] : among;
  if (!wanted || wanted.some((one) => allowed.includes(String(one)))) return [];
  return [
    {
      path: [...path, is !== undefined ? 'is' : 'in'],
      message: `the ${what} of what is heard here is never ${wanted.map((one) => JSON.stringify(one)).join(' or ')}`,
      hint: didYouMean(String(wanted[0]), allowed, `it is ${allowed.join(' or ')}`),
    },
  ];
};
