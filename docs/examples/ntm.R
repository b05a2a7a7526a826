# Read the portal with jsonlite and curl: API and TOKEN are in the environment.
#
# Rscript ntm.R first                       the targets, as they stand now
# Rscript ntm.R summaries 2020-Q4           all summaries of a round as CSV, page after page
# Rscript ntm.R follow 2020-Q4 copy.rds     make a copy of them; run again, it is in step again

# The answer of an address below the API, or of a whole one.
ask <- function(address) {
  if (!startsWith(address, "http")) address <- paste0(Sys.getenv("API"), "/", address)
  handle <- curl::new_handle()
  curl::handle_setheaders(handle, Authorization = paste("Token", Sys.getenv("TOKEN")))
  answer <- curl::curl_fetch_memory(address, handle)
  text <- rawToChar(answer$content)
  Encoding(text) <- "UTF-8"
  if (answer$status_code >= 400) {
    stop(structure(
      list(message = text, call = NULL),
      class = c(paste0("status", answer$status_code), "error", "condition")
    ))
  }
  jsonlite::fromJSON(text)
}

# Every row of a list as one data frame: `next` leads from page to page.
rows <- function(address) {
  pages <- list()
  while (!is.null(address)) {
    page <- ask(address)
    if (is.data.frame(page$results)) pages <- c(pages, list(page$results))
    address <- page$`next`
  }
  do.call(rbind, pages)
}

first <- function() {
  columns <- c("name_en", "value", "comparator", "target_value")
  print(rows("targets/")[columns], row.names = FALSE)
}

summaries <- function(round) {
  write.csv(everything(round), row.names = FALSE, na = "")
}

everything <- function(round) {
  rows(paste0("summaries/?round=", curl::curl_escape(round), "&page_size=1000"))
}

# Bring the copy in step; it is kept with the number up to which all changes are in it.
follow <- function(round, file) {
  copy <- if (file.exists(file)) readRDS(file) else begun(round)
  copy <- tryCatch(
    caught_up(copy, round),
    status410 = function(refusal) begun(round) # changes as old as that are no longer kept
  )
  unfinished <- paste0(file, ".new")
  saveRDS(copy, unfinished)
  invisible(file.rename(unfinished, file)) # a run that is cut short leaves the copy as it was
}

# The number is asked first, so nothing falls between it and the rows.
begun <- function(round) {
  after <- ask("freshness/")$last_change
  list(after = after, rows = everything(round))
}

caught_up <- function(copy, round) {
  repeat {
    page <- ask(paste0("changes/?kind=summary&limit=1000&after=", copy$after))
    copy$rows <- taken_in(copy$rows, round, page$results)
    copy$after <- page$`next`
    if (!page$has_more) return(copy)
  }
}

# Read anew what the changes name; a change without a key is of everything.
taken_in <- function(old, round, changes) {
  if (!is.data.frame(changes)) return(old)
  units <- unique(changes$key[changes$round %in% c("", round)])
  if ("" %in% units) return(everything(round))
  for (unit in units) {
    asked <- paste0("summaries/?round=", curl::curl_escape(round), "&unit=", curl::curl_escape(unit))
    old <- rbind(old[old$unit != unit, ], rows(asked))
  }
  old
}

asked <- commandArgs(trailingOnly = TRUE)
do.call(asked[1], as.list(asked[-1]))
