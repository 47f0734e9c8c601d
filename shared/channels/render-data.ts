import { createRenderer, type Renderer } from './liquid/render.ts';
import type { MessageOrder } from './order.ts';
import { skipOf } from './skip.ts';
import { momentOf, variablesOf } from './variables.ts';

/** What texts in data may read; the same as in a message, without its own links. */
export type DataOrder = Pick<
  MessageOrder,
  'contact' | 'trigger' | 'results' | 'data' | 'run' | 'client' | 'now'
>;

/** `detail` names the variable or the bound, never a value of the contact. */
export type RenderedData = { value: unknown } | { skip: string; detail: string };

/**
 * JSON whose texts are Liquid. Each text is rendered by itself, so that whatever a contact is called
 * stays inside its text and cannot become a member of the data.
 */
export const renderData = (order: DataOrder, value: unknown): RenderedData => {
  const render = createRenderer(variablesOf(order as MessageOrder), momentOf(order as MessageOrder));
  try {
    return { value: rendered(render, value) };
  } catch (error) {
    const skip = skipOf(error);
    if (skip) return skip;
    throw error;
  }
};

const rendered = (render: Renderer, value: unknown): unknown => {
  if (typeof value === 'string') return render('text', value).toWellFormed();
  if (Array.isArray(value)) return value.map((item) => rendered(render, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rendered(render, inner)]));
};
