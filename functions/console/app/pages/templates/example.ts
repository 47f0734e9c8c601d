/** Something that works as it stands. */
export const example = {
  channel: 'email',
  subject: 'Welcome{% if contact.firstName %}, {{ contact.firstName }}{% endif %}',
  preheader: 'What happens next.',
  mjml: `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>Hello {{ contact.firstName | default: "there" }},</mj-text>
        <mj-text>thank you for your interest.</mj-text>
        <mj-text><a href="{{ links.unsubscribe }}">Unsubscribe</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`,
};
