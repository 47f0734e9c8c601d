import type { Form } from '#model/form';
import type { Catalogue } from '#store/catalogue/catalogue';
import type { StoredTemplate } from '#store/catalogue/stored-template';

/** As the client's folder would hold them. */
export const clientDocuments = async (catalogue: Catalogue) => {
  const [client, templates, layouts, partials, forms, segments] = await Promise.all([
    catalogue.client(),
    catalogue.documents<StoredTemplate>('template'),
    catalogue.documents('layout'),
    catalogue.documents('partial'),
    catalogue.documents<Form>('form'),
    catalogue.segments(),
  ]);
  return {
    client,
    templates: Object.fromEntries([...templates].map(([id, { source }]) => [id, source])),
    layouts: Object.fromEntries(layouts),
    partials: Object.fromEntries(partials),
    forms: Object.fromEntries(forms),
    segments: Object.fromEntries(segments),
  };
};
