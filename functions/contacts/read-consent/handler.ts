import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import { readLedger } from '#store/contacts/consents';
import { getContact } from '#store/contacts/contacts';
import { openStore } from '#store/store';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store }, async (request) => {
    const contact = await getContact(store, parameter(request, 'id'));
    if (!contact) throw new Refusal(404, 'unknown-contact', 'There is no such contact.');
    return json(200, { contact: contact.id, entries: await readLedger(store, contact) });
  });
};
