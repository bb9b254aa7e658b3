package openprojecttest

import "strings"

func (t *Tracker) renderProject(p Project) object {
	at := []string{"projects", number(p.ID)}
	return object{
		"_type": "Project", "id": p.ID, "identifier": p.Identifier, "name": p.Name,
		"active": true, "public": p.Public,
		"description": formattable("markdown", ""), "statusExplanation": formattable("markdown", ""),
		"createdAt": "2020-03-02T09:00:00Z", "updatedAt": "2020-03-02T09:00:00Z",
		"_links": object{
			"self":         t.link("projects", p.ID, p.Name),
			"types":        object{"href": t.href(append(at, "types")...)},
			"versions":     object{"href": t.href(append(at, "versions")...)},
			"workPackages": object{"href": t.href(append(at, "work_packages")...)},
			"parent":       t.projectLink(p.Parent),
		},
	}
}

func (t *Tracker) projectLink(id int64) object {
	p, _ := byID(t.projects, id, projectID)
	return t.link("projects", p.ID, p.Name)
}

func (t *Tracker) renderType(n Type) object {
	return object{
		"_type": "Type", "id": n.ID, "name": n.Name, "color": "#1A67A3", "position": n.ID,
		"isDefault": false, "isMilestone": n.Milestone,
		"createdAt": "2020-03-02T09:00:00Z", "updatedAt": "2020-03-02T09:00:00Z",
		"_links": self(t.link("types", n.ID, n.Name)),
	}
}

func (t *Tracker) renderStatus(s Status) object {
	return object{
		"_type": "Status", "id": s.ID, "name": s.Name, "isClosed": s.Closed, "color": "#00B0F0",
		"isDefault": s.Default, "isReadonly": false, "position": s.ID,
		"_links": self(t.link("statuses", s.ID, s.Name)),
	}
}

func (t *Tracker) renderPriority(p Priority) object {
	return object{
		"_type": "Priority", "id": p.ID, "name": p.Name, "position": p.ID,
		"isDefault": p.ID == t.priorities[0].ID, "isActive": true,
		"_links": self(t.link("priorities", p.ID, p.Name)),
	}
}

func (t *Tracker) renderVersion(v Version, p Project) object {
	return object{
		"_type": "Version", "id": v.ID, "name": v.Name, "status": "open",
		"_links": object{
			"self":            t.link("versions", v.ID, v.Name),
			"definingProject": t.link("projects", p.ID, p.Name),
		},
	}
}

func (t *Tracker) renderUser(u User) object {
	kind := map[string]string{"groups": "Group", "placeholder_users": "PlaceholderUser"}[u.kind()]
	if kind == "" {
		kind = "User"
	}
	first, last, _ := strings.Cut(u.Name, " ")
	return object{
		"_type": kind, "id": u.ID, "name": u.Name, "login": u.Login,
		"firstName": first, "lastName": last, "status": "active", "language": "en", "admin": false,
		"_links": self(t.link(u.kind(), u.ID, u.Name)),
	}
}
