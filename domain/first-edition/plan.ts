/** The sections of the first edition, in order. */
export const plannedSections = [
  { slug: 'europe', name: 'Europe' },
  { slug: 'middle-east', name: 'Middle East' },
  { slug: 'asia', name: 'Asia' },
  { slug: 'americas', name: 'Americas' },
  { slug: 'united-states', name: 'United States' },
] as const

export type PlannedSection = (typeof plannedSections)[number]['slug']

/**
 * What the document leaves open: a headline for its story, in words of the story’s first sentence, and a section for each item. Headlines are
 * identified by their text in the document.
 */
export const firstEditionPlan: {
  story: { headline: string; section: PlannedSection }
  headlines: ReadonlyMap<string, PlannedSection>
} = {
  story: {
    headline: 'Russia is pushing for a new round of talks with the United States this autumn',
    section: 'europe',
  },
  headlines: new Map([
    ['U.S. Special Forces Intercept Ship Carrying Military Components Bound for Iran', 'middle-east'],
    ['Thousands Protest in Brazil Against Efforts to Reduce Jair Bolsonaro’s Prison Sentence', 'americas'],
    ['Judge Orders Return of Seized Evidence in Comey-Related Case, DOJ May Seek New Warrant', 'united-states'],
    ['International Stabilization Force for Gaza Nears Deployment as U.S.-Led Planning Advances', 'middle-east'],
    ['Ukraine’s NATO Concession Unlikely to Shift Peace Talks, Experts Say', 'europe'],
    ['Belarus Pledges to Halt Smuggling Balloons Into Lithuania', 'europe'],
    ['New Epstein Photos Surface Showing Trump as Lawmakers Near Document Release Deadline', 'united-states'],
    ['Syria Arrests Five Suspects After Deadly Attack on U.S. and Syrian Troops in Palmyra', 'middle-east'],
    ['Supporters Gather Ahead of Verdict in Jimmy Lai’s Landmark Hong Kong National Security Trial', 'asia'],
    ['Air Force One Delivery Delayed to 2028 as Boeing Faces Rising Costs', 'united-states'],
    ['Thailand Vows Continued Military Action Amid Cambodia Border Clash Despite Trump Ceasefire Claim', 'asia'],
    ['U.S. Intelligence Briefly Curtailed Information Sharing With Israel Amid Gaza War Concerns', 'middle-east'],
    ['Belarus Frees 123 Political Prisoners in U.S.-Brokered Deal Over Sanctions', 'europe'],
    ['U.S. Soldiers Killed in ISIS Attack in Palmyra, Syria During Counterterrorism Mission', 'middle-east'],
    ['Zelenskiy Signals Willingness to Drop NATO Bid as Ukraine, U.S. Hold Crucial Peace Talks in Berlin', 'europe'],
    ['Russian Drone Attack Hits Turkish Cargo Ship Carrying Sunflower Oil to Egypt, Ukraine Says', 'europe'],
  ]),
}
