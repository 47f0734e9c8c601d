import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Contact } from '#model/contact';
import { useSession } from '../../session/session.tsx';

export const contactAt = (id: string): string => `/v1/contacts/${encodeURIComponent(id)}`;

/** With the tag that guards the next change. */
export interface ContactRead {
  contact: Contact;
  etag: string | undefined;
}

export const useContact = (id: string): UseQueryResult<ContactRead> => {
  const { api } = useSession();
  return useQuery({
    queryKey: ['contacts', id],
    queryFn: async ({ signal }) => {
      const { data, etag } = await api.ask<Contact>('GET', contactAt(id), { signal });
      return { contact: data, etag };
    },
  });
};
