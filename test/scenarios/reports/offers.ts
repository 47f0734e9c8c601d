/** An arm whose name a spreadsheet would take for a formula, and a goal that is worth money. */
export const offersJourney = {
  ...{ wayleaf: 1, id: 'offers', name: 'Offers', enter: { on: [{ event: 'Asked' }] } },
  goal: { on: { event: 'Order Completed' }, value: 'properties.revenue', exit: false },
  sending: { class: 'transactional' },
  steps: [
    { id: 'offer', type: 'email', template: 'thank-you' },
    {
      ...{ id: 'test', type: 'split' },
      arms: [
        { name: '=HYPERLINK("x")', weight: 50, steps: [] },
        { name: 'b', weight: 50, steps: [] },
      ],
    },
    { id: 'pause', type: 'wait', for: '2 days' },
  ],
};
