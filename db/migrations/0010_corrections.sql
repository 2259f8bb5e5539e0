CREATE TABLE "corrections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "corrections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"story_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"words" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"published_by_id" bigint,
	"published_by_name" text NOT NULL,
	"revision_id" bigint NOT NULL,
	"replaces_id" bigint,
	CONSTRAINT "corrections_of_story" UNIQUE("id","story_id"),
	CONSTRAINT "corrections_kind_is_known" CHECK ("corrections"."kind" in ('correction', 'clarification', 'update', 'retraction')),
	CONSTRAINT "corrections_words_are_given" CHECK (length(btrim("corrections"."words")) between 1 and 2000),
	CONSTRAINT "corrections_replace_another" CHECK ("corrections"."replaces_id" < "corrections"."id")
);
--> statement-breakpoint
CREATE TABLE "preview_links" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "preview_links_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"story_id" bigint NOT NULL,
	"token_hash" text NOT NULL,
	"label" text NOT NULL,
	"revision_id" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"created_by_id" bigint,
	"created_by_name" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "preview_links_are_for_somebody" CHECK (length(btrim("preview_links"."label")) between 1 and 120),
	CONSTRAINT "preview_links_expire" CHECK ("preview_links"."expires_at" > "preview_links"."created_at" and "preview_links"."expires_at" <= "preview_links"."created_at" + interval '31 days')
);
--> statement-breakpoint
CREATE TABLE "preview_openings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "preview_openings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"link_id" bigint NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"agent" text NOT NULL,
	CONSTRAINT "preview_openings_to_the_minute" CHECK (date_trunc('minute', "preview_openings"."opened_at", 'UTC') = "preview_openings"."opened_at"),
	CONSTRAINT "preview_openings_agent_is_known" CHECK ("preview_openings"."agent" in ('Firefox', 'Edge', 'Chrome', 'Safari', 'a robot', 'another program'))
);
--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "updated_for_readers_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "retracted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_published_by_id_users_id_fk" FOREIGN KEY ("published_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_revision" FOREIGN KEY ("revision_id","story_id") REFERENCES "public"."revisions"("id","story_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_replaces" FOREIGN KEY ("replaces_id","story_id") REFERENCES "public"."corrections"("id","story_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_revision" FOREIGN KEY ("revision_id","story_id") REFERENCES "public"."revisions"("id","story_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_openings" ADD CONSTRAINT "preview_openings_link_id_preview_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."preview_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "corrections_by_story" ON "corrections" USING btree ("story_id","id");--> statement-breakpoint
CREATE INDEX "corrections_latest" ON "corrections" USING btree ("published_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "corrections"."replaces_id" is null;--> statement-breakpoint
CREATE INDEX "corrections_replacing" ON "corrections" USING btree ("replaces_id","id") WHERE "corrections"."replaces_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "preview_links_token" ON "preview_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "preview_links_of_story" ON "preview_links" USING btree ("story_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "preview_openings_of_link" ON "preview_openings" USING btree ("link_id","opened_at" DESC NULLS FIRST,"agent");--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_updated_was_live" CHECK (num_nonnulls("stories"."updated_for_readers_at", "stories"."retracted_at") = 0 or "stories"."live_at" is not null) NOT VALID;--> statement-breakpoint
CREATE VIEW "public"."live_corrections" AS (
  select corrections.id, corrections.story_id, coalesce(newest.kind, corrections.kind) as kind, coalesce(newest.words, corrections.words) as words,
    corrections.published_at
  from corrections
  join stories on stories.id = corrections.story_id
  left join lateral (
    select later.kind, later.words from corrections later where later.replaces_id = corrections.id order by later.id desc limit 1
  ) newest on true
  where corrections.replaces_id is null and stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now()));--> statement-breakpoint
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
    stories.live_has_body as kept_has_body, stories.live_words as kept_words, stories.retracted_at is not null as retracted
  from stories
  left join revisions on revisions.id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
  left join sections on sections.id = case when stories.due_at <= now() then stories.due_section_id else stories.section_id end
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now()));--> statement-breakpoint
-- A note is only ever added to: other words for it are another row.
CREATE TRIGGER "corrections_are_for_ever" BEFORE UPDATE OR DELETE ON "corrections" FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting"();--> statement-breakpoint
CREATE TRIGGER "corrections_are_never_truncated" BEFORE TRUNCATE ON "corrections" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting"();
