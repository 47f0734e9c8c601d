import { itemSize } from '../values/size.ts';
import { fromText, toText } from '../values/stored.ts';
import type { Item } from '../values/value.ts';

/** An item as the database has it, or is to have it. Parsed when it is looked at. */
export class StoredItem {
  readonly text: string;
  /** In the service's bytes. */
  readonly size: number;
  /** What an index of keys alone has of it, where it was read by one. */
  readonly keys: Item | undefined;
  #item: Item | undefined;

  constructor(text: string, size: number, { item, keys }: { item?: Item; keys?: Item | undefined } = {}) {
    this.text = text;
    this.size = size;
    this.keys = keys;
    this.#item = item;
  }

  /** @param item canonical */
  static of(item: Item): StoredItem {
    return new StoredItem(toText(item), itemSize(item), { item });
  }

  get item(): Item {
    this.#item ??= fromText(this.text);
    return this.#item;
  }
}
