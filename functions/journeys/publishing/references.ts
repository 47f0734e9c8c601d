import type { Form } from '#model/form';
import type { References } from '#statemachines/checks/check';
import { listJourneys } from '#store/catalogue/journeys';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import type { Services } from '../services.ts';
import { buildReferences } from './build-references.ts';

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
    return buildReferences(client, {
      templates: [...templates].map(([id, { compiled }]) => [id, compiled] as const),
      ...{ forms, segments },
      journeys: new Map(journeys.map((journey) => [journey.id, journey])),
    });
  });
