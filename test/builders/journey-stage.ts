import type { FunctionRecord } from '#aws/function-record';
import { createHandler as endRun } from '#functions/journeys/end-run/handler';
import { record as endRunRecord } from '#functions/journeys/end-run/record';
import { createHandler as hearEvent } from '#functions/journeys/hear-event/handler';
import { record as hearEventRecord } from '#functions/journeys/hear-event/record';
import { saveDraft } from '#functions/journeys/publishing/draft';
import { publish } from '#functions/journeys/publishing/publish';
import { namesIn } from '#functions/journeys/publishing/uses';
import { createHandler as runStep } from '#functions/journeys/run-step/handler';
import { record as runStepRecord } from '#functions/journeys/run-step/record';
import { openServices } from '#functions/journeys/services';
import { durationMs } from '#kernel/durations';
import type { Contact } from '#model/contact';
import type { JourneyRecord } from '#model/journey';
import type { Journey, Step } from '#statemachines/document/schema';
import { putClient } from '#store/catalogue/client';
import { putDocument } from '#store/catalogue/documents';
import { readJourney } from '#store/catalogue/journeys';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import { saveToken } from '#store/catalogue/tokens';
import { openStore } from '#store/store';
import { journeyOf } from './journeys.ts';
import { everything } from './stage/grants.ts';
import { type Handlers, openMachinery } from './stage/machinery.ts';
import { openPeople } from './stage/people.ts';
import { adminToken, openRequests } from './stage/requests.ts';
import { openStream } from './stage/stream.ts';

export type { Handlers } from './stage/machinery.ts';
export type { Sabotage } from './stage/sabotage.ts';

/** What our functions of the journeys room need to live; others are added by name. */
const usual: Handlers = {
  'run-step': { record: runStepRecord, createHandler: runStep },
  'hear-event': { record: hearEventRecord, createHandler: hearEvent },
  'end-run': { record: endRunRecord, createHandler: endRun },
};

/**
 * The embedded services without the world around them: the test itself brings the stream's records to
 * `hear-event` and moves the clock, so that it can stand between any two of them.
 */
export const openStage = async (
  start = '2026-03-02T10:00:00.000Z',
  more: Handlers = {},
  random?: () => number,
) => {
  const machinery = await openMachinery({ start, handlers: { ...usual, ...more }, random });
  const { db, clock, client, dynamo, stepFunctions, mail, contextFor } = machinery;
  const unrestricted: FunctionRecord = { ...runStepRecord, grants: everything };
  const context = contextFor(unrestricted);
  const store = openStore(context);
  await putClient(store, client);
  await saveToken(store, adminToken, 'test');
  const stream = openStream(machinery);
  const people = openPeople(store);

  /** The next version of a journey, with a plain mail for each template it names. */
  const publishDocument = async (document: Journey): Promise<JourneyRecord> => {
    const services = openServices(context);
    for (const id of namesIn(document.steps, 'template'))
      await putDocument(store, 'template', id, plainMail(id), { owner: 'api' });
    const text = JSON.stringify(document);
    const before = await readJourney(store, document.id);
    const record = await saveDraft(services, before, { text, document, owner: 'api' });
    await services.catalogue.renew();
    return publish(services, { record, text, document });
  };

  let isClosed = false;
  return {
    ...machinery,
    ...{ store, context },
    ...stream,
    ...people,
    publish: publishDocument,
    advance: (duration: string): Promise<void> =>
      clock.advanceTo(clock.now() + durationMs(duration), stream.settle),
    /** A contact that entered the journey of these steps, as far as it goes by itself. */
    async enter(
      steps: Step[],
      members: Partial<Journey> = {},
      contact: Partial<Contact> = {},
    ): Promise<Contact> {
      await publishDocument(journeyOf(steps, members));
      const entered = await people.contact(contact);
      await people.event(entered);
      await stream.settle();
      return entered;
    },
    outbox: () => mail.outbox.list(),
    ask: openRequests(machinery),
    close(): void {
      if (isClosed) return;
      isClosed = true;
      stepFunctions.close();
      dynamo.stop();
      void db.close();
    },
  };
};
export type Stage = Awaited<ReturnType<typeof openStage>>;

const plainMail = (id: string): StoredTemplate => {
  const content = { subject: `About ${id}`, text: 'Hello {{ contact.firstName }}. {{ links.unsubscribe }}' };
  return {
    source: { channel: 'email', ...content },
    compiled: { id, channel: 'email', ...content },
  };
};
