CREATE OR REPLACE VIEW "public"."live_stories" AS (
  select stories.id,
    case when stories.due_at <= now() then stories.due_section_id else stories.section_id end as section_id,
    sections.slug as section_slug, sections.name as section_name,
    case when stories.due_at <= now() then stories.due_slug else stories.slug end as slug,
    revisions.headline, revisions.kicker, revisions.standfirst, revisions.dateline,
    case when stories.due_at <= now() then stories.due_has_body else stories.live_has_body end as has_body,
    revisions.body, stories.live_at,
    case when stories.updated_for_readers_at > stories.live_at then stories.updated_for_readers_at end as updated_at,
    case when stories.due_at <= now() then stories.due_words else stories.live_words end as words,
    stories.due_at, stories.section_id as kept_section_id,
    stories.live_has_body as kept_has_body, stories.live_words as kept_words, stories.retracted_at is not null as retracted,
    case when stories.due_at <= now() then coalesce(stories.due_author_ids, stories.live_author_ids) else stories.live_author_ids end as author_ids,
    case when stories.due_at <= now() then coalesce(stories.due_topic_ids, stories.live_topic_ids) else stories.live_topic_ids end as topic_ids,
    stories.unpublish_at
  from stories
  left join revisions on revisions.id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
  left join sections on sections.id = case when stories.due_at <= now() then stories.due_section_id else stories.section_id end
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now()));