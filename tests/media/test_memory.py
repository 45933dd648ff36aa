"""Pictures in memory."""

from booru_nb.media import Memory, Picture


def picture(size: int) -> Picture:
    return Picture(bytes(size), "image/jpeg")


def test_the_least_recently_used_is_forgotten_first() -> None:
    memory = Memory(limit=30)
    for name in "abc":
        memory.put(name, picture(10))
    memory.get("a")
    memory.put("d", picture(10))

    assert [name for name in "abcd" if memory.get(name)] == ["a", "c", "d"]


def test_a_picture_put_twice_counts_once() -> None:
    memory = Memory(limit=30)
    for _ in range(10):
        memory.put("a", picture(20))
    memory.put("b", picture(10))

    assert memory.get("a")
    assert memory.get("b")


def test_what_is_larger_than_all_room_is_not_held() -> None:
    memory = Memory(limit=30)
    memory.put("a", picture(10))
    memory.put("b", picture(31))

    assert memory.get("a")
    assert memory.get("b") is None


def test_a_cleared_memory_has_all_its_room() -> None:
    memory = Memory(limit=30)
    memory.put("a", picture(30))
    memory.clear()
    memory.put("b", picture(30))

    assert memory.get("a") is None
    assert memory.get("b")
