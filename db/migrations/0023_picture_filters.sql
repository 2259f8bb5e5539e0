DROP VIEW "public"."upcoming_moments";--> statement-breakpoint
ALTER TABLE "pictures" ADD COLUMN "lacks_credit" boolean GENERATED ALWAYS AS (coalesce(credit, as_it_came -> 'told' ->> 'credit', '') = '') STORED;--> statement-breakpoint
ALTER TABLE "pictures" ADD COLUMN "lacks_alt" boolean GENERATED ALWAYS AS (not coalesce(decorative, false) and coalesce(alt, as_it_came -> 'told' ->> 'altText', '') = '') STORED;--> statement-breakpoint
CREATE INDEX "pictures_without_credit" ON "pictures" USING btree ("id") WHERE "pictures"."lacks_credit" and "pictures"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "pictures_without_alt" ON "pictures" USING btree ("id") WHERE "pictures"."lacks_alt" and "pictures"."deleted_at" is null;--> statement-breakpoint
CREATE VIEW "public"."upcoming_moments" AS (select stories.id as story_id, stories.section_id, stories.live_at, stories.live_at as at from stories where stories.live_at > now() and stories.withdrawn_at is null
  union all select stories.id, stories.due_section_id, stories.due_at, stories.due_at from stories where stories.due_at > now()
  union all select stories.id, stories.section_id, stories.unpublish_at, stories.unpublish_at from stories where stories.unpublish_at > now()
  union all (select null, null, picture_leases.from_at, picture_leases.from_at from picture_leases where picture_leases.from_at > now() and picture_leases.ended_at is null order by picture_leases.from_at limit 1)
  union all (select null, null, picture_leases.until_at, picture_leases.until_at from picture_leases where picture_leases.until_at > now() and picture_leases.ended_at is null order by picture_leases.until_at limit 1));