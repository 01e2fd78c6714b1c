"""Databases, explanations, and what is said where something does not fit."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import numpy as np
import pytest
import tiny

import compnn


def test_a_database_says_what_it_holds(db):
    assert len(db) == 6
    assert db.classes == tiny.CLASSES
    assert db.layers == ["penultimate"]
    assert db.exemplars[1]["tags"] == ["odd", "style=brick"]
    assert "6 training pictures" in repr(db)


def test_an_explanation_is_arrays_of_the_shapes_that_are_promised(db, training):
    why = db.explain(training / "images" / "0.png", top_k=3)

    assert why.name == "0"
    assert why.field.shape == (32, 32, 3, 3) and why.field.dtype == np.int32
    assert why.distance.shape == (32, 32, 3) and why.distance.dtype == np.float32
    assert (np.diff(why.distance, axis=2) >= 0).all()
    assert why.output.shape == (32, 32) and why.output.dtype == np.uint8
    assert why.input.shape == (32, 32, 3) and why.reconstruction.shape == (32, 32, 3)
    assert why.other.shape == (32, 32)
    assert set(why.exemplars["id"]) <= {str(i) for i in range(6)}
    assert why.exemplars["share"].sum() == pytest.approx(1)


def test_the_network_says_what_it_says_by_itself(db):
    pixels, classes = tiny.picture(77)

    why = db.explain(pixels)

    assert (why.network == classes).all()
    assert (why.input == pixels).all()
    assert why.agreement["pixel_accuracy"] > 0.9


def test_a_training_picture_matches_itself_unless_it_is_left_out(db):
    pixels, _ = tiny.picture(2)

    itself = db.explain(pixels, search="exact")
    left_out = db.explain(exemplar="2", search="exact")

    assert (itself.distance[..., 0] < 1e-6).all()
    assert 2 not in left_out.field[..., 0, 0]


def test_a_picture_keeps_its_files_name_which_it_can_be_left_out_by(db, training):
    why = db.explain(training / "images" / "4.png", leave_out=True, search="exact")

    assert why.details["name"] == "4"
    assert 4 not in why.field[..., 0, 0]


def test_a_pixel_names_its_sources_with_pictures(db):
    pixels, _ = tiny.picture(3)
    why = db.explain(pixels, top_k=2, search="exact")

    sources = why.at(5, 9)

    assert len(sources) == 2
    first = sources[0]
    assert (first.exemplar, first.row, first.column) == tuple(why.field[5, 9, 0])
    assert first.distance == pytest.approx(float(why.distance[5, 9, 0]))
    assert first.picture(8).shape == (8, 8, 3) and first.label(8).shape == (8, 8)
    assert (first.picture(64) == db.exemplar_input(first.exemplar)).all()
    assert "<figure" in sources._repr_html_()


def test_pictures_may_be_paths_bytes_arrays_and_floats(db, training):
    file = training / "images" / "1.png"
    pixels, _ = tiny.picture(1)

    outputs = [db.explain(each).output for each in (file, str(file), file.read_bytes(), pixels, pixels / 255.0, np.moveaxis(pixels, 2, 0))]

    assert all((each == outputs[0]).all() for each in outputs)


def test_selections_choose_the_training_pictures(db):
    pixels, _ = tiny.picture(50)

    why = db.explain(pixels, only="odd", without=["1"])

    assert set(why.exemplars["id"]) <= {"3", "5"}


def test_activations_and_matches_of_vectors_fit_together(db):
    pixels, _ = tiny.picture(60)
    cells = db.embed(pixels)

    assert cells.shape == (32, 32, 4) and cells.dtype == np.float32
    assert cells[..., :3] == pytest.approx(pixels / 255.0, abs=1e-6)
    matches, distances = db.search(cells[4, 4:8], top_k=2)
    why = db.explain(pixels, search="exact", top_k=2)
    assert (matches == why.field[4, 4:8]).all()
    assert distances == pytest.approx(why.distance[4, 4:8])


def test_a_report_is_a_page_in_a_frame(db, tmp_path):
    why = db.explain(tiny.picture(61)[0])

    assert why._repr_html_().startswith("<iframe srcdoc=")
    assert "<script" in why.report()
    assert why.figure("input", "sources").svg.startswith("<svg")
    assert why.save(tmp_path / "why").exists()
    assert list((tmp_path / "why").glob("*/field.npy"))


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"picture": "nowhere.png"}, "nowhere.png: no such file or directory"),
        ({"layer": "nowhere"}, "expected an indexed layer"),
        ({"only": "nowhere"}, "no training picture of 6 has the id or tag 'nowhere'"),
        ({"top_k": 99}, "top_k: expected a whole number from 1 to 16, found 99"),
        ({"search": "quick"}, "search: expected one of fast, balanced, best, exact, found 'quick'"),
        ({"picture": np.full((4, 4, 3), 2.0)}, "expected floats from 0 to 1, found 2 to 2"),
        ({"picture": np.zeros((4, 4, 7), np.uint8)}, "expected a picture of (rows, columns, 3)"),
        ({"picture": None}, "found neither"),
        ({"exemplar": "0"}, "found both"),
    ],
)
def test_what_does_not_fit_is_one_line(db, asked, said):
    with pytest.raises(compnn.CompNNError) as e:
        db.explain(**{"picture": tiny.picture(0)[0], **asked})

    assert said in str(e.value) and "\n" not in str(e.value)


def test_vectors_that_do_not_fit_are_one_line(db):
    with pytest.raises(compnn.CompNNError, match="expected vectors of 4 numbers"):
        db.search(np.zeros((3, 5)))
    with pytest.raises(compnn.CompNNError, match="finite"):
        db.search(np.full((3, 4), np.nan))


def test_what_the_command_line_refuses_is_the_same_line(net, training, tmp_path):
    with pytest.raises(compnn.CompNNError, match="expected an ONNX model"):
        compnn.index(tmp_path / "nothing", training, out=tmp_path / "x.db")
    with pytest.raises(compnn.CompNNError, match="expected a database's folder, found nothing"):
        compnn.open(tmp_path / "nothing")
    with pytest.raises(compnn.CompNNError, match="nonsense"):
        compnn.index(net, training, out=tmp_path / "x.db", nonsense=True)


def test_questions_of_several_threads_do_not_end_each_other(db):
    answers = {}

    def ask(seed):
        answers[seed] = db.explain(tiny.picture(seed)[0]).network

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(100, 106)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all((answers[seed] == tiny.picture(seed)[1]).all() for seed in answers) and len(answers) == 6


def test_an_answer_that_the_program_forgot_is_asked_for_again(db):
    why = db.explain(tiny.picture(8)[0])
    why._id = "0" * 24

    assert why.output.shape == (32, 32)


def test_a_second_question_costs_little_beside_its_search(db):
    db.explain(tiny.picture(9)[0])
    began = time.perf_counter()
    why = db.explain(tiny.picture(10)[0])
    seconds = time.perf_counter() - began

    worked = sum(why.details["timings_ms"].values()) / 1000
    assert seconds < worked + 0.5


def test_tables_are_records_or_frames(db, training):
    suspects = db.suspects()
    pictures = db.evaluate(training, limit=2)

    for table in (suspects, pictures):
        records = table if isinstance(table, list) else table.to_dict("records")
        assert all("rank" in record for record in records)
    assert len(pictures) == 2
    # Nothing is wrong with these labels.
    assert len(suspects) == 0 and (isinstance(suspects, list) or "suggested" in suspects)


def test_others_of_the_machine_need_the_token(db):
    address = db._server.address.split("?")[0]

    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(address + "api/databases")


def test_the_page_is_there_at_once_and_ends(db, training):
    page = compnn.serve(db, training, open_browser=False)

    assert b"<html" in urllib.request.urlopen(page.address).read()
    page.close()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(page.address)


def test_the_program_ends_with_an_interpreter_that_is_killed(db):
    code = f"import compnn, os; db = compnn.open({str(db.path)!r}); print(db._server._process.pid, flush=True); os.kill(os.getpid(), 9)"
    path = os.pathsep.join(sys.path)

    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})

    pid = int(done.stdout)
    for _ in range(100):
        if not os.path.exists(f"/proc/{pid}"):
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the program outlived its interpreter")


def test_ctrl_c_stops_an_index_that_the_next_call_goes_on_with(net, work, tmp_path):
    many = tiny.data(work / "many", 60)
    out = tmp_path / "many.db"
    code = f"import compnn; compnn.index({str(net)!r}, {str(many)!r}, out={str(out)!r}, layers='penultimate', threads=1)"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, env=env)
    while process.poll() is None and not list(tmp_path.glob("many.db*/**/*.npy")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]

    if process.returncode != 0:
        assert "KeyboardInterrupt" in said and "index again to go on" in said
    with compnn.index(net, many, out=out, layers="penultimate") as db:
        assert len(db) == 60


def test_importing_needs_neither_numpy_nor_a_program(monkeypatch):
    code = "import sys; sys.modules['numpy'] = None; import compnn; print(compnn.open.__name__)"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "COMPNN_PROGRAM": "/nowhere"}

    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env)

    assert done.stdout == "open\n"


def test_a_program_that_is_not_there_is_one_line(monkeypatch, db):
    monkeypatch.setenv("COMPNN_PROGRAM", "/nowhere/compnn")

    with pytest.raises(compnn.CompNNError, match="COMPNN_PROGRAM: expected the program's launcher"):
        compnn.open(db.path)
