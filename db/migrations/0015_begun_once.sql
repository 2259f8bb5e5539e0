ALTER TABLE "stories" ADD COLUMN "begun_as" text;--> statement-breakpoint
CREATE UNIQUE INDEX "stories_begun_as" ON "stories" USING btree ("begun_as") WHERE "stories"."begun_as" is not null;--> statement-breakpoint
-- Withdrawing takes the preview links of a story along for good; of what was withdrawn before a build did that, they are taken along now.
UPDATE "preview_links" SET "revoked_at" = "stories"."withdrawn_at" FROM "stories"
  WHERE "stories"."id" = "preview_links"."story_id" AND "stories"."withdrawn_at" IS NOT NULL AND "preview_links"."revoked_at" IS NULL;
