import { words } from '../../words/words.ts';

const { subject, preheader, hello, thanks, leave } = words.documents.templates.example;

/** Something that works as it stands. */
export const example = {
  channel: 'email',
  ...{ subject, preheader },
  mjml: `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>${hello}</mj-text>
        <mj-text>${thanks}</mj-text>
        <mj-text><a href="{{ links.unsubscribe }}">${leave}</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`,
};
