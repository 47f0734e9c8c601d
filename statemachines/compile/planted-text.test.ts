import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import type { Journey, Step } from '#statemachines/document/schema';
import { call, decide, email, halves, journeyOf, pause } from '#test/builders/journeys';
import type { Machine } from './asl.ts';
import { compile, runStepPlaceholder } from './compile.ts';
import { checkLimits } from './limits.ts';

// The validator writes into what it is given.
const faults = (asl: Machine) => validate(structuredClone(asl)).errors;

describe("an author's text", () => {
  const hostile = [
    "{% $eval('1') %}",
    '{%$states.context.Task.Token%}',
    runStepPlaceholder,
    '{{resolve:secretsmanager:key}}',
    '__proto__',
    '"},"Next":"Failed","x":{"',
    '\u0000\u001b[31m',
    'arn:aws:states:::lambda:invoke',
  ];

  it.each(hostile)('stays text wherever it is planted: %j', (text) => {
    const { asl, text: definition } = compile(plant(text));
    const plain = compile(plant('words')).text;

    expect(expressions(definition)).toEqual(expressions(plain));
    expect(new Set(definition.match(/\$\{[^}]*\}?|\{\{/g))).toEqual(new Set([runStepPlaceholder]));
    expect(shapes(asl)).toEqual(shapes(JSON.parse(plain)));
    expect(faults(asl)).toEqual([]);
    expect(checkLimits(asl, definition)).toEqual([]);
  });

  it('is in names and leaves only: no member that looks like the machine language comes through', () => {
    const planted = {
      ...email('hello'),
      Next: 'Failed',
      Resource: 'arn:aws:states:::sns:publish',
      QueryLanguage: 'JSONPath',
    };

    expect(compile(journeyOf([planted as Step])).text).toBe(compile(journeyOf([email('hello')])).text);
  });
});

/** The text in every place of a document that holds an author's words. */
function plant(text: string): Journey {
  return journeyOf(
    [
      email('mail', { name: text, template: text, subject: text, data: { [text]: text } }),
      pause('rest', '1 day', { name: text }),
      decide('ask', [], [{ id: 'sms', type: 'sms', name: text, text }], { question: text }),
      { id: 'tell', type: 'notify', team: text, text },
      {
        ...call([text], []),
        name: text,
        title: text,
        script: text,
        branches: [{ answer: text, steps: [] }],
      } as Step,
      halves('test', [], [email('other')], { name: text }),
      { id: 'set', type: 'update', name: text, set: { [text]: text }, stage: text },
      { id: 'stop', type: 'exit', name: text, as: text },
    ],
    { name: text, objective: text },
  );
}

const expressions = (definition: string): string[] => definition.match(/\{%.*?%\}/g) ?? [];

/** A machine with its states numbered and the words of its leaf left out. */
function shapes(asl: Machine): unknown[] {
  const number = new Map(Object.keys(asl.States).map((name, i) => [name, `state ${i}`]));
  return Object.values(asl.States).map((state) =>
    JSON.parse(JSON.stringify(state), (key, value) =>
      key === 'as' ? '' : key === 'Next' || key === 'Default' ? number.get(value) : value,
    ),
  );
}
