CREATE TABLE "former_section_addresses" (
	"slug" text PRIMARY KEY NOT NULL,
	"section_id" bigint NOT NULL,
	"left_at" timestamp with time zone NOT NULL,
	CONSTRAINT "former_section_addresses_slug_is_a_slug" CHECK ("former_section_addresses"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("former_section_addresses"."slug") <= 80)
);
--> statement-breakpoint
ALTER TABLE "former_section_addresses" ADD CONSTRAINT "former_section_addresses_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_addresses_of_section" ON "former_section_addresses" USING btree ("section_id");