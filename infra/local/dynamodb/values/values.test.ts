import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalItem, canonicalValue } from './canonical.ts';
import { compareStrings, sameValue } from './compare.ts';
import { afterPrefix } from './key-text.ts';
import { itemSize } from './size.ts';
import { fromText, toText } from './stored.ts';
import type { Item, Value } from './value.ts';

const text = fc.string({ unit: 'binary', maxLength: 6 }).filter((s) => s.isWellFormed());

describe('text', () => {
  it('sorts by its UTF-8 bytes', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareStrings(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareStrings('𝄞', '\uffee')).toBeGreaterThan(0);
  });

  it('that begins with a prefix sorts before the bound of the prefix, all else outside', () => {
    fc.assert(
      fc.property(text, text, (prefix, other) => {
        const bound = afterPrefix(prefix) as string | undefined;
        const inside =
          compareStrings(other, prefix) >= 0 && (bound === undefined || compareStrings(other, bound) < 0);
        expect(inside).toBe(other.startsWith(prefix));
      }),
    );
  });
});

describe('bytes', () => {
  it('that begin with a prefix sort before the bound of the prefix, all else outside', () => {
    const bytes = fc.array(fc.constantFrom(0, 1, 254, 255), { maxLength: 4 }).map((b) => Uint8Array.from(b));
    fc.assert(
      fc.property(bytes, bytes, (prefix, other) => {
        const bound = afterPrefix(prefix) as Uint8Array | undefined;
        const inside =
          Buffer.compare(other, prefix) >= 0 && (bound === undefined || Buffer.compare(other, bound) < 0);
        expect(inside).toBe(Buffer.compare(other.subarray(0, prefix.length), prefix) === 0);
      }),
    );
  });
});

describe('a canonical value', () => {
  it('has one writing for its numbers, nested ones too, and sorted sets', () => {
    const given = { L: [{ N: '5.0' }, { M: { x: { NS: ['10', '9.0'] } } }, { SS: ['b', 'a'] }] };
    expect(canonicalValue(given)).toEqual({
      L: [{ N: '5' }, { M: { x: { NS: ['9', '10'] } } }, { SS: ['a', 'b'] }],
    });
  });

  it.each<[string, Value, string]>([
    ['nothing', {}, 'Supplied AttributeValue is empty'],
    ['two types', { S: 'a', N: '1' }, 'more than one datatypes set'],
    ['a null that is not', { NULL: false }, 'must have the value of true'],
    ['an empty set', { SS: [] }, 'An string set  may not be empty'],
    ['a set with an element twice', { SS: ['a', 'a'] }, 'Input collection [a, a] contains duplicates.'],
    ['a set with a number twice', { NS: ['1', '1.0'] }, 'Input collection contains duplicates'],
    ['bytes twice', { BS: [Uint8Array.of(1), Uint8Array.of(1)] }, 'of type BS contains duplicates'],
    ['a member without a name', { M: { '': { S: 'a' } } }, 'Empty attribute name'],
  ])('refuses %s', (_, value, message) => {
    expect(() => canonicalValue(value)).toThrow(message);
  });

  it('ignores members that are undefined', () => {
    expect(canonicalValue({ S: 'a', N: undefined } as unknown as Value)).toEqual({ S: 'a' });
  });

  it('refuses more than 32 levels', () => {
    const nested = (levels: number): Value => (levels === 1 ? { S: 'x' } : { L: [nested(levels - 1)] });
    expect(canonicalValue(nested(32))).toEqual(nested(32));
    expect(() => canonicalValue(nested(33))).toThrow('Nesting Levels have exceeded supported limits');
  });
});

describe('equality', () => {
  it('looks into bytes, sets, lists and maps', () => {
    const value = { M: { a: { L: [{ B: Uint8Array.of(1) }, { SS: ['x'] }] } } };
    expect(sameValue(value, structuredClone(value))).toBe(true);
    expect(sameValue(value, { M: { a: { L: [{ B: Uint8Array.of(2) }, { SS: ['x'] }] } } })).toBe(false);
    expect(sameValue({ M: {} }, { M: { a: { S: '' } } })).toBe(false);
  });
});

describe('a stored item', () => {
  const odd: Item = Object.assign(JSON.parse('{"__proto__":{"S":"p"}}') as Item, { constructor: { N: '1' } });

  it('comes back whole, whatever its attributes are called', () => {
    const back = fromText(toText(canonicalItem(odd)));
    expect(Object.keys(back)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });

  it('comes back with its bytes', () => {
    const item = { b: { B: Uint8Array.of(0, 255) }, l: { L: [{ M: { s: { BS: [Uint8Array.of(1)] } } }] } };
    expect(fromText(toText(item))).toEqual(item);
  });
});

describe('size', () => {
  it.each<[string, Item, number]>([
    ['text in UTF-8', { a: { S: 'é𝄞' } }, 7],
    ['empty text', { a: { S: '' } }, 1],
    ['an empty list', { a: { L: [] } }, 4],
    ['a list', { a: { L: [{ S: 'a' }] } }, 6],
    ['a map', { a: { M: { b: { S: 'c' } } } }, 7],
    ['a truth', { a: { BOOL: true } }, 2],
    ['a set', { a: { SS: ['a', 'bc'] } }, 4],
    ['bytes', { a: { B: Uint8Array.of(1, 2, 3) } }, 4],
  ])('counts %s', (_, item, bytes) => {
    expect(itemSize(item)).toBe(bytes);
  });
});
