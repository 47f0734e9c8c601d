import { expect, test } from 'vitest';
import { dueOf, type ListedTask, whoOf } from './describe.ts';

const task = { dueAt: '2026-03-01T12:00:00Z', contact: { id: 'c1' } } as ListedTask;
const due = Date.parse('2026-03-01T12:00:00Z');

test('a task is late from the moment on that it was due', () => {
  expect(dueOf(task, due)).toMatchObject({ late: false });
  expect(dueOf(task, due + 1)).toMatchObject({ late: true });
  expect(dueOf({ ...task, dueAt: undefined }, due)).toBeUndefined();
});

test('it is for somebody, by name where there is one', () => {
  expect(whoOf(task)).toBe('c1');
  expect(whoOf({ ...task, contact: { id: 'c1', name: 'Ada' } })).toBe('Ada');
});
