import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Draw } from './draw.ts';
import { attributes } from './tables.ts';
import { aSet, aValue, type Item, valueFor } from './values.ts';

const reserved = new Set(['at', 'l', 'b', 'status', 'odd name', 'hash']);

/** Writes expressions and remembers the names and values that they mention. */
export class ExpressionWriter {
  readonly #draw: Draw;
  readonly #names: Record<string, string> = {};
  readonly #values: Item = {};
  constructor(draw: Draw) {
    this.#draw = draw;
  }

  /** The members of the request that go with the expressions. */
  placeholders(): { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Item } {
    const [names, values] = [Object.keys(this.#names).length > 0, Object.keys(this.#values).length > 0];
    if (names && this.#draw.chance(0.01)) this.#names['#unused'] = 'x';
    if (values && this.#draw.chance(0.01)) this.#values[':unused'] = { N: '1' };
    return {
      ...(names ? { ExpressionAttributeNames: this.#names } : {}),
      ...(values ? { ExpressionAttributeValues: this.#values } : {}),
    };
  }

  name(name: string): string {
    const plain = /^[a-z]+$/.test(name) && !reserved.has(name);
    if (plain && !this.#draw.chance(0.2)) return name;
    if (this.#draw.chance(0.01)) return name;
    const placeholder = `#${name.replace(/\W/g, '_')}`;
    if (!this.#draw.chance(0.01)) this.#names[placeholder] = name;
    return placeholder;
  }
  value(value: AttributeValue): string {
    const placeholder = `:v${Object.keys(this.#values).length}`;
    this.#values[placeholder] = value;
    return placeholder;
  }

  /** A path and the attribute it begins with. */
  path(): { text: string; head: string } {
    const draw = this.#draw;
    const head = draw.chance(0.08) ? 'absent' : draw.pick(attributes);
    const base = this.name(head);
    if (head === 'm' && draw.chance(0.7))
      return {
        head,
        text: `${base}${draw.pick(['.x', '.y', '.y.z', '.l', '.l[0]', '.l[3]', '.q', '.y.q', '[0]'])}`,
      };
    if (head === 'l' && draw.chance(0.7))
      return { head, text: `${base}${draw.pick(['[0]', '[1]', '[2]', '[9]', '[1].x', '[0][0]'])}` };
    if (draw.chance(0.02)) return { head, text: `${base}.x` };
    return { head, text: base };
  }

  condition(depth = 0): string {
    const draw = this.#draw;
    const kind = depth < 3 ? draw.below(10) : draw.below(6);
    if (kind === 6) return `NOT ${this.condition(depth + 1)}`;
    if (kind === 7) return `(${this.condition(depth + 1)})`;
    if (kind >= 8)
      return `${this.condition(depth + 1)} ${draw.pick(['AND', 'OR', 'and'])} ${this.condition(depth + 1)}`;
    return kind < 3 ? this.#comparison() : this.#functionOrRange();
  }

  #comparison(): string {
    const draw = this.#draw;
    const { text, head } = this.path();
    const comparator = draw.pick(['=', '<>', '<', '<=', '>', '>=']);
    if (draw.chance(0.1)) return `size(${text}) ${comparator} ${this.value({ N: String(draw.below(4)) })}`;
    if (draw.chance(0.15)) return `${text} ${comparator} ${this.path().text}`;
    const value = this.value(valueFor(draw, head));
    return draw.chance(0.15) ? `${value} ${comparator} ${text}` : `${text} ${comparator} ${value}`;
  }

  #functionOrRange(): string {
    const draw = this.#draw;
    const { text, head } = this.path();
    const value = () => this.value(valueFor(draw, head));
    switch (draw.below(8)) {
      case 0:
        return `attribute_exists(${text})`;
      case 1:
        return `attribute_not_exists(${text})`;
      case 2:
        return `attribute_type(${text}, ${this.value({ S: draw.pick(['S', 'N', 'L', 'M', 'SS', 'BOOL', 'NULL', 'X']) })})`;
      case 3:
        return `begins_with(${text}, ${value()})`;
      case 4:
        return `contains(${text}, ${this.value(aValue(draw, 1))})`;
      case 5:
        return `${text} IN (${draw.some(1, 3, value).join(', ')})`;
      case 6:
        return `${text} BETWEEN ${value()} AND ${value()}`;
      default:
        return `contains(${text}, ${this.path().text})`;
    }
  }

  update(): string {
    const draw = this.#draw;
    const sections = [
      () => `SET ${draw.some(1, 3, () => this.#assignment()).join(', ')}`,
      () => `REMOVE ${draw.some(1, 2, () => this.path().text).join(', ')}`,
      () => `ADD ${draw.some(1, 2, () => this.#addition()).join(', ')}`,
      () => `DELETE ${this.path().text} ${this.value(aSet(draw))}`,
    ];
    const chosen = draw.subset(sections, 0.4);
    return (chosen.length > 0 ? chosen : [draw.pick(sections)]).map((write) => write()).join(' ');
  }

  #assignment(): string {
    const { text, head } = this.path();
    return `${text} = ${this.#setValue(head)}`;
  }
  #setValue(head: string): string {
    const draw = this.#draw;
    const operand = () => (draw.chance(0.5) ? this.value(valueFor(draw, head)) : this.path().text);
    switch (draw.below(7)) {
      case 0:
        return this.path().text;
      case 1:
        return `if_not_exists(${this.path().text}, ${operand()})`;
      case 2:
        return `list_append(${this.path().text}, ${this.value({ L: [aValue(draw, 1)] })})`;
      case 3:
        return `${this.name('n')} ${draw.pick(['+', '-'])} ${this.value(valueFor(draw, 'n'))}`;
      case 4:
        return `if_not_exists(${this.name('n')}, ${this.value({ N: '0' })}) + ${this.value(valueFor(draw, 'n'))}`;
      default:
        return this.value(valueFor(draw, head));
    }
  }
  #addition(): string {
    const draw = this.#draw;
    const name = draw.pick(['n', 'ss', 'ns', 'ua', 'm']);
    const path = name === 'm' ? `${this.name('m')}.x` : draw.chance(0.2) ? this.path().text : this.name(name);
    return `${path} ${this.value(name === 'm' ? { N: '2' } : draw.chance(0.1) ? aSet(draw) : valueFor(draw, name))}`;
  }

  projection(): string {
    return this.#draw
      .some(1, 3, () => (this.#draw.chance(0.2) ? this.name('pk') : this.path().text))
      .join(', ');
  }

  /** @param keys hash and range key of what is queried */
  keyCondition(keys: readonly string[], hash: AttributeValue, range: () => AttributeValue): string {
    const draw = this.#draw;
    const first = `${this.name(keys[0]!)} = ${this.value(hash)}`;
    if (!keys[1] || draw.chance(0.4)) return first;
    const name = this.name(keys[1]);
    const value = () => this.value(range());
    const second = draw.pick([
      () => `${name} ${draw.pick(['=', '<', '<=', '>', '>='])} ${value()}`,
      () => `${value()} ${draw.pick(['<', '>='])} ${name}`,
      () => `begins_with(${name}, ${value()})`,
      () => `${name} BETWEEN ${value()} AND ${value()}`,
    ])();
    return draw.chance(0.2) ? `${second} AND ${first}` : `${first} AND ${second}`;
  }
}
