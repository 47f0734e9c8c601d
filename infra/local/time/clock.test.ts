import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRealClock, createVirtualClock } from './clock.ts';

const settled = async () => {};

describe('a virtual clock', () => {
  it('stands still until it is advanced', async () => {
    const clock = createVirtualClock(1_000);
    expect(clock.now()).toBe(1_000);
    await clock.advanceTo(5_000, settled);
    expect(clock.now()).toBe(5_000);
  });

  it('fires timers in order of due time and shows each its own instant', async () => {
    const clock = createVirtualClock(0);
    const seen: [string, number][] = [];
    for (const due of [30, 10, 20, 40]) clock.at(due, 't', () => seen.push([`due ${due}`, clock.now()]));
    await clock.advanceTo(35, settled);
    expect(seen).toEqual([
      ['due 10', 10],
      ['due 20', 20],
      ['due 30', 30],
    ]);
    expect(clock.nextDue()).toBe(40);
  });

  it('fires timers of one instant by key, then in the order they were set, before it settles', async () => {
    const clock = createVirtualClock(0);
    const seen: string[] = [];
    for (const name of ['b1', 'a1', 'b2', 'a2']) clock.at(5, name[0]!, () => seen.push(name));
    await clock.advanceTo(5, async () => void seen.push('settle'));
    expect(seen).toEqual(['settle', 'a1', 'a2', 'b1', 'b2', 'settle']);
  });

  it('fires timers that were set while it advances, at their own time', async () => {
    const clock = createVirtualClock(0);
    const seen: number[] = [];
    const again = () => {
      seen.push(clock.now());
      if (seen.length < 4) clock.at(clock.now() + 10, 'again', again);
    };
    clock.at(10, 'again', again);
    await clock.advanceTo(100, settled);
    expect(seen).toEqual([10, 20, 30, 40]);
  });

  it('sees timers that settling sets', async () => {
    const clock = createVirtualClock(0);
    const seen: number[] = [];
    let asked = false;
    await clock.advanceTo(50, async () => {
      if (!asked) clock.at(20, 'late', () => seen.push(clock.now()));
      asked = true;
    });
    expect(seen).toEqual([20]);
  });

  it('does not fire a cancelled timer, even when cancelled within its own instant', async () => {
    const clock = createVirtualClock(0);
    const seen: string[] = [];
    const cancel = clock.at(10, 'b', () => seen.push('b'));
    clock.at(10, 'a', () => {
      seen.push('a');
      cancel();
    });
    clock.at(7, 'c', () => seen.push('c'))();
    expect(clock.nextDue()).toBe(10);
    await clock.advanceTo(20, settled);
    expect(seen).toEqual(['a']);
  });

  it('never goes backwards for a timer that was set into the past', async () => {
    const clock = createVirtualClock(100);
    const seen: number[] = [];
    clock.at(50, 'past', () => seen.push(clock.now()));
    await clock.advanceTo(100, settled);
    expect(seen).toEqual([100]);
  });

  it('keeps order over many timers with many cancelled', async () => {
    const clock = createVirtualClock(0);
    const seen: number[] = [];
    const cancels = Array.from({ length: 5_000 }, (_, i) => {
      const due = (i * 7_919) % 5_003;
      return clock.at(due, 'k', () => seen.push(due));
    });
    for (const [i, cancel] of cancels.entries()) if (i % 3 !== 0) cancel();
    await clock.advanceTo(10_000, settled);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBe(Math.ceil(5_000 / 3));
  });

  it('refuses to be advanced twice at once', async () => {
    const clock = createVirtualClock(0);
    const first = clock.advanceTo(10, settled);
    await expect(clock.advanceTo(20, settled)).rejects.toThrow('already');
    await first;
  });
});

describe('a real clock', () => {
  afterEach(() => vi.useRealTimers());

  it('fires in order of due time as time passes', () => {
    vi.useFakeTimers({ now: 0 });
    const clock = createRealClock();
    const seen: string[] = [];
    clock.at(200, 't', () => seen.push('second'));
    clock.at(100, 't', () => seen.push('first'));
    const cancel = clock.at(150, 't', () => seen.push('never'));
    cancel();
    vi.advanceTimersByTime(120);
    return Promise.resolve().then(() => {
      expect(seen).toEqual(['first']);
      vi.advanceTimersByTime(100);
      return Promise.resolve().then(() => expect(seen).toEqual(['first', 'second']));
    });
  });

  it('waits out a timer that is longer than setTimeout can count', async () => {
    vi.useFakeTimers({ now: 0 });
    const clock = createRealClock();
    const year = 365 * 86_400_000;
    const seen: number[] = [];
    clock.at(year, 't', () => seen.push(clock.now()));
    await vi.advanceTimersByTimeAsync(year - 1);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toEqual([year]);
  });

  it('keeps no timer when all are cancelled or it is stopped', () => {
    vi.useFakeTimers({ now: 0 });
    const clock = createRealClock();
    clock.at(100, 't', () => {})();
    expect(vi.getTimerCount()).toBe(0);
    clock.at(100, 't', () => {});
    clock.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('refuses to be advanced', async () => {
    await expect(createRealClock().advanceTo(1, settled)).rejects.toThrow('virtual');
  });
});
