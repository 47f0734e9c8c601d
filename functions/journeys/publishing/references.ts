import { checkLiquid } from '#channels/compile/check-liquid';
import { describeTemplate } from '#channels/describe-template';
import type { Form } from '#model/form';
import type { References, TemplateFacts } from '#statemachines/checks/check';
import { listJourneys } from '#store/catalogue/journeys';
import type { Services } from '../services.ts';
import type { StoredTemplate } from './stored-template.ts';

/** Everything of this client that a journey may name, as it is in the catalogue now. */
export const loadReferences = ({ catalogue, store }: Services): Promise<References> =>
  catalogue.cached('references', async () => {
    const [client, templates, forms, segments, journeys] = await Promise.all([
      catalogue.client(),
      catalogue.documents<StoredTemplate>('template'),
      catalogue.documents<Form>('form'),
      catalogue.segments(),
      listJourneys(store),
    ]);
    return {
      templates: new Map([...templates].map(([id, { compiled }]) => [id, factsOf(compiled)])),
      forms,
      segments,
      teams: client.teams,
      topics: client.topics,
      ...(client.stages ? { stages: client.stages } : {}),
      fields: client.fields ?? {},
      checkText: (text) => checkLiquid('', 'text', text, client),
      journeys: new Map(journeys.map((journey) => [journey.id, journey])),
      ...(forms.size > 0
        ? {
            contactFields: [
              ...Object.keys(client.fields ?? {}),
              ...[...forms.values()].flatMap((form) => Object.keys(form.fields)),
            ],
          }
        : {}),
    };
  });

const factsOf = (compiled: StoredTemplate['compiled']): TemplateFacts => {
  const { channel, required, hasUnsubscribe } = describeTemplate(compiled);
  return { channel, variables: required, hasUnsubscribe };
};
