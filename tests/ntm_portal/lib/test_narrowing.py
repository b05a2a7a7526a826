from ntm_portal.lib.narrowing import CharFilter, ChoiceFilter, PlainInput, PlainSelect, options


def test_the_chosen_one_is_marked_and_nothing_is_taken_for_markup() -> None:
    html = options([("", "Tất cả"), ("a&b", "<b>")], "a&b")
    assert html == (
        '<option value="">Tất cả</option><option value="a&amp;b" selected>&lt;b&gt;</option>'
    )


def test_a_plain_list_is_a_list_with_its_name_and_what_describes_it() -> None:
    widget = PlainSelect(choices=[("3", "★★★"), ("4", "★★★★")])
    html = widget.render("stars", "4", {"id": "id_stars"})
    assert html.startswith('<select id="id_stars" name="stars"><option value="3">')
    assert '<option value="4" selected>' in html


def test_a_plain_line_keeps_what_was_typed_without_believing_it() -> None:
    html = PlainInput().render("q", '"><script>', {"id": "id_q", "maxlength": "9"})
    assert "<script>" not in html
    assert 'maxlength="9"' in html
    assert 'value=""' not in PlainInput().render("q", None)


def test_the_filters_bring_plain_fields() -> None:
    assert isinstance(CharFilter().field.widget, PlainInput)
    assert isinstance(ChoiceFilter(choices=[("a", "b")]).field.widget, PlainSelect)
