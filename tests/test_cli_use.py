"""Taking in observations, surveys and ratings on the command line."""

import pytest
from made_up_use import data_folder, row, write

from dashboard.cli import main
from dashboard.settings import current_settings
from dashboard.sources.use_fields import KINDS


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = data_folder(tmp_path / "data")
    (folder / "bundle.yaml").write_text('municipality: "1488"\n', "utf-8")
    monkeypatch.setenv("DASHBOARD_DATA_FOLDER", str(folder))
    current_settings.cache_clear()
    yield folder
    current_settings.cache_clear()


@pytest.mark.parametrize("kind", KINDS)
def test_the_empty_form_is_filled_in_and_imported(data, tmp_path, capsys, kind):
    assert main(["use", "template", kind]) == 0
    form = capsys.readouterr().out
    assert form == ",".join(KINDS[kind].columns) + "\n"
    path = tmp_path / "filled.csv"
    path.write_text(form + ",".join(row(kind)[column] for column in KINDS[kind].columns) + "\n", "utf-8")
    assert main(["use", "import", str(path), "--kind", kind]) == 0
    assert capsys.readouterr().out == f"{path}: 1 {kind} added, 0 were there already.\n"
    assert (data / "use" / "1488" / f"{kind}.csv").read_text("utf-8") == path.read_text("utf-8")
    assert main(["use", "import", str(path), "--kind", kind, "--municipality", "1488"]) == 0
    assert "0 surveys added, 1 were" in capsys.readouterr().out.replace(kind, "surveys")


def test_a_bad_file_is_told_in_a_sentence_and_nothing_is_written(data, tmp_path, capsys):
    path = write(tmp_path / "bad.csv", "surveys", row("surveys"), row("surveys", response="k-2", safety="6"))
    assert main(["use", "import", str(path), "--kind", "surveys"]) == 1
    assert capsys.readouterr().err == (
        "dashboard: bad.csv, row 3, safety: “6” is unknown; write one of 1, 2, 3, 4, 5.\n"
    )
    assert main(["use", "import", str(path), "--kind", "surveys", "--municipality", "1487"]) == 1
    assert "no places of municipality 1487" in capsys.readouterr().err
    assert not (data / "use").exists()


def test_an_unknown_kind_is_misuse(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["use", "template", "photos"])
    assert ended.value.code == 2
    assert "invalid choice: 'photos'" in capsys.readouterr().err
