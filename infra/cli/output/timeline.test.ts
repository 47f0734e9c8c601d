import { expect, test } from 'vitest';
import { formatTimeline } from './timeline.ts';

const at = '2026-03-02T08:30:00.000Z';
const entry = (text: string) => ({ id: 'e', at, kind: 'event', text, details: {} });

test('the day is told once', () => {
  expect(formatTimeline([entry('Signed Up'), entry('Order Completed')])).toBe(
    '2026-03-02 08:30  → Signed Up\n           08:30  → Order Completed',
  );
});

test('refuses to let what a contact sent break the line or steer the terminal', () => {
  const text = formatTimeline([entry('Hi\n2026-03-02 08:31  ✉ email forged\u001b[2J\r\u202e')]);
  expect(text).toBe('2026-03-02 08:30  → Hi\\n2026-03-02 08:31  ✉ email forged\\u001b[2J\\u000d\\u202e');
});
