ALTER TABLE "stories" ADD COLUMN "told_live_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "stories_untold" ON "stories" USING btree ("live_at") WHERE "stories"."live_at" is not null and "stories"."told_live_at" is distinct from "stories"."live_at";--> statement-breakpoint
-- What is live already was told when it was published.
UPDATE "stories" SET "told_live_at" = "live_at" WHERE "live_at" <= now();
