import type * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { costsSchema } from '#model/costs';
import { defaultReportSettings, definitionsOf } from '#model/report-settings';
import { catalogueOf } from '#store/catalogue/catalogue';
import { putCosts, readCosts } from '#store/catalogue/costs';
import { putReportMail, readReportMail } from '#store/catalogue/report-mail';
import { type Books, newestOf, readBooks } from '#store/runs/books';
import { openStore, type Store } from '#store/store';
import { beginRebuild } from '../rebuilding/begin.ts';
import { type rebuildSchema, recipientsSchema, type reportMailSchema } from './bodies.ts';

const maxBytes = 512 * 1024;

const mailOf = async (store: Store): Promise<z.output<typeof reportMailSchema>> => {
  await catalogueOf(store).renew();
  const { timezone, reports = defaultReportSettings() } = await catalogueOf(store).client();
  const { to, day, at } = reports.mail;
  return { to: [...(await readReportMail(store)).to], fromClient: to, day, at, timezone };
};

const rebuildOf = (books: Books | undefined): z.output<typeof rebuildSchema> => {
  const completedAt = books?.completedAt;
  const about = { reading: books?.reading ?? 0, ...(completedAt !== undefined && { completedAt }) };
  if (!books?.making) return { state: 'idle', ...about };
  const { because, startedAt, looked, lookedAt } = books.making;
  const state = lookedAt === undefined ? 'counting' : 'finishing';
  return { state, ...about, making: newestOf(books).number, because, startedAt, looked };
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/reports/costs': async () => json(200, await readCosts(store)),
      'PUT /v1/reports/costs': async (request) => {
        const costs = jsonBodyOf(request, costsSchema, maxBytes);
        await putCosts(store, costs);
        return json(200, costs);
      },
      'GET /v1/reports/mail': async () => json(200, await mailOf(store)),
      'PUT /v1/reports/mail': async (request) => {
        await putReportMail(store, jsonBodyOf(request, recipientsSchema, maxBytes));
        return json(200, await mailOf(store));
      },
      'GET /v1/reports/rebuild': async () => json(200, rebuildOf(await readBooks(store))),
      'POST /v1/reports/rebuild': async () => {
        await catalogueOf(store).renew();
        const definitions = definitionsOf(await catalogueOf(store).client());
        return json(202, rebuildOf(await beginRebuild(store, definitions, 'asked')));
      },
    },
  );
};
