import { describe, expect, it } from 'vitest';
import { checkDocument } from './check.ts';
import { formatIssues } from './format.ts';

const text = `{
  "wayleaf": 1, "id": "j", "name": "Jürgen 日本",
  "enter": { "on": [{ "manual": true }] },
  "steps": [
    { "id": "a", "type": "emial" },
    { "id": "b", "type": "update", "name": "日本", "stag": "lead", "addScore": 1 }
  ]
}`;
const formatted = (color = false): string =>
  formatIssues(checkDocument(text).issues, { file: 'j.journey.json', text, color });

describe('formatIssues', () => {
  it('draws the place, the code, the line with the value underlined, and what to write instead', () => {
    expect(formatted()).toBe(
      `
j.journey.json:5:26 error unknown-type step "a" is of type "emial", which is no type of step
   |
 5 |     { "id": "a", "type": "emial" },
   |                          ^^^^^^^
   | = did you mean "email"?

j.journey.json:6:50 error unknown-member step "b" has no member "stag"
   |
 6 |     { "id": "b", "type": "update", "name": "日本", "stag": "lead", "addScore": 1 }
   |                                                    ^^^^^^
   | = did you mean "stage"?

2 errors`.trim(),
    );
  });

  it('colours only when told to', () => {
    expect(formatted()).not.toContain('\u001b');
    expect(formatted(true)).toContain('\u001b[1;31merror\u001b[0m');
  });

  it('shows the part of a long line that holds the mistake', () => {
    const line = JSON.stringify(JSON.parse(text));
    const [head, , source = '', caret = ''] = formatIssues(checkDocument(line).issues, {
      file: 'j.json',
      text: line,
    }).split('\n');
    expect(head).toContain('unknown-type');
    expect(source.length).toBeLessThan(120);
    expect(source.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('"emial"');
  });

  it('counts errors and warnings', () => {
    const issue = { path: '', message: 'm', line: 1, column: 1 };
    const issues = [
      { ...issue, code: 'a', severity: 'error' as const },
      { ...issue, code: 'b', severity: 'warning' as const },
      { ...issue, code: 'c', severity: 'warning' as const },
    ];
    expect(formatIssues(issues, { file: 'f' })).toMatch(/\n\n1 error, 2 warnings$/);
    expect(formatIssues([], { file: 'f' })).toBe('no issues');
  });
});
